using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

[Description("A video that a client wants to upload.")]
internal sealed record CreateUploadRequest
{
    [Description("The file's name: no folders, at most 200 characters.")]
    public string? FileName { get; init; }

    [Description("The video's media type: video/…, or application/octet-stream where it is not known.")]
    public string? ContentType { get; init; }

    [Description("The file's exact size in bytes.")]
    public long? SizeBytes { get; init; }

    [Description("Whether to upload the file in parts, so that an upload that breaks off can go on. Default: only a file over 5 GiB is, which a single PUT cannot carry.")]
    public bool? Multipart { get; init; }

    [Description("Pictures to make as soon as the video is there: all that POST /jobs takes, but for videoKey.")]
    public JobBody? Job { get; init; }
}

[Description("Where and how to upload the video: to url, or in parts.")]
internal sealed record UploadResponse
{
    [Description("The video's key, for POST /jobs.")]
    public required ObjectKey VideoKey { get; init; }

    [Description("The job that starts when the video is there, for GET /jobs/{id}. Null when none was asked for.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobId? JobId { get; init; }

    [Description("The method with which to send the file, or each part, to its address.")]
    public required string Method { get; init; }

    [Description("The address: takes one file of exactly the size and type that were asked for, without credentials, and never over an existing one. Null for an upload in parts.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? Url { get; init; }

    [Description("The headers to send, exactly as they stand here.")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [Description("When the addresses stop working.")]
    public required DateTimeOffset ExpiresAt { get; init; }

    [Description("Names an upload in parts: for completing, resuming or aborting it.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UploadId { get; init; }

    [Description("The size of every part but the last, in bytes.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PartSize { get; init; }

    [Description("The parts of the file, in order.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UploadPart>? Parts { get; init; }
}

[Description("A part of an upload.")]
internal sealed record UploadPart
{
    [Description("Its number, from 1.")]
    public required int Number { get; init; }

    [Description("The address to send it to, as often as it takes. Null when it is there already.")]
    public Uri? Url { get; init; }

    [Description("What the store answered to it, when it is there already.")]
    public string? ETag { get; init; }
}

[Description("The parts that were uploaded.")]
internal sealed record CompleteUploadRequest
{
    [Description("Every part, in order.")]
    public IReadOnlyList<CompletedPart>? Parts { get; init; }
}

[Description("A part that was uploaded.")]
internal sealed record CompletedPart
{
    [Description("Its number, from 1.")]
    public int? Number { get; init; }

    [Description("The ETag header that the store answered to its PUT.")]
    public string? ETag { get; init; }
}

[Description("A video that is there.")]
internal sealed record CompletedUploadResponse
{
    [Description("The video's key, for POST /jobs.")]
    public required ObjectKey VideoKey { get; init; }
}
