using System.Globalization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>An upload in parts: all that the server needs to go on with it, so that the server keeps nothing.</summary>
/// <param name="Upload">What is uploaded.</param>
/// <param name="Id">The store's id of it.</param>
internal sealed record UploadToken(MultipartUpload Upload, string Id)
{
    // Parts small enough to repeat, and few enough that all their URLs fit into one answer.
    private const long SmallestPart = 64L << 20, MostParts = 1000, Step = 1L << 20;

    /// <summary>How a file of the given size is cut.</summary>
    public static long PartLength(long size) => Math.Max(SmallestPart, (size / MostParts + Step) / Step * Step);

    /// <param name="text">What <see cref="ToString"/> wrote. A later version may have added lines.</param>
    public static UploadToken? Parse(string text) => text.Split('\n') is [var key, var type, var length, var partLength, var id, ..]
        ? new(new MultipartUpload(ObjectKey.Parse(key), type, long.Parse(length, CultureInfo.InvariantCulture), long.Parse(partLength, CultureInfo.InvariantCulture)), id)
        : null;

    // No part of it can hold the end of a line.
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Upload.Key}\n{Upload.ContentType}\n{Upload.Length}\n{Upload.PartLength}\n{Id}");
}
