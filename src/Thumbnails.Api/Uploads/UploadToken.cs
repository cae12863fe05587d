using System.Globalization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>Everything that the server needs to continue an upload in parts, so that it stores nothing.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="Id">The store's id of the upload.</param>
internal sealed record UploadToken(MultipartUpload Upload, string Id)
{
    // Parts are small enough to retry, and few enough that all their URLs fit into one response.
    private const long SmallestPart = 64L << 20, MostParts = 1000, Step = 1L << 20;

    /// <summary>Returns the length of the parts of a file of the given size.</summary>
    public static long PartLength(long size) => Math.Max(SmallestPart, (size / MostParts + Step) / Step * Step);

    /// <param name="text">The output of <see cref="ToString"/>. A later version may have added lines.</param>
    public static UploadToken? Parse(string text) => text.Split('\n') is [var key, var type, var length, var partLength, var id, ..]
        ? new(new MultipartUpload(ObjectKey.Parse(key), type, long.Parse(length, CultureInfo.InvariantCulture), long.Parse(partLength, CultureInfo.InvariantCulture)), id)
        : null;

    // None of the values can contain a line break.
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Upload.Key}\n{Upload.ContentType}\n{Upload.Length}\n{Upload.PartLength}\n{Id}");
}
