using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// An upload in parts as its client holds it: all that the server needs to go on with it, so that the server keeps
/// nothing. It gives no more than the addresses of the parts do: who makes one up does not know the store's id.
/// </summary>
/// <param name="Upload">What is uploaded.</param>
/// <param name="Id">The store's id of it.</param>
internal sealed record UploadToken(MultipartUpload Upload, string Id)
{
    // Parts small enough to repeat, and few enough that all their addresses fit into one answer.
    private const long SmallestPart = 64L << 20, MostParts = 1000, Step = 1L << 20;

    /// <summary>How a file of the given size is cut.</summary>
    public static long PartLength(long size) => Math.Max(SmallestPart, (size / MostParts + Step) / Step * Step);

    public static bool TryParse(string text, [NotNullWhen(true)] out UploadToken? token)
    {
        token = null;
        try
        {
            token = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ApiJson.Default.UploadToken);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            // Not one of ours.
        }

        return token?.Upload is { Length: > 0, PartLength: > 0 } upload
            && upload.Length / upload.PartLength <= MostParts
            && upload.Key.ToString().StartsWith(ObjectKeys.Videos, StringComparison.Ordinal);
    }

    public override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Default.UploadToken));
}
