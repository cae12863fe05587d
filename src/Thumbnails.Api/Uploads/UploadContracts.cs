using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

[Description("A video to upload.")]
internal sealed record CreateUploadRequest
{
    [Required]
    [StringLength(CreateUploadValidator.MaxFileName)]
    [Description("The name of the file, without folders.")]
    public string? FileName { get; init; }

    [Required]
    [Description("The media type of the video, such as video/mp4. Use application/octet-stream when it is unknown.")]
    public string? ContentType { get; init; }

    [Required]
    [Description("The exact size of the file in bytes.")]
    public long? SizeBytes { get; init; }

    [Description("Whether to upload the file in parts, so that an interrupted upload can be resumed. Default: only files over 5 GiB are, which a single PUT cannot carry.")]
    public bool? Multipart { get; init; }

    [Description("A job to start as soon as the video has been uploaded: the body of POST /jobs without videoKey.")]
    public JobBody? Job { get; init; }
}

[Description("How to upload the video: to url, or in parts.")]
internal sealed record UploadResponse
{
    [Description("The key of the video, for POST /jobs.")]
    public required ObjectKey VideoKey { get; init; }

    [Description("The id of the job that starts when the video has been uploaded, for GET /jobs/{id}. Absent when none was requested.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JobId? JobId { get; init; }

    [Description("The HTTP method with which to send the file, or each part, to its URL.")]
    public required string Method { get; init; }

    [Description("The presigned URL of the file. It accepts exactly the size and media type of the request, needs no credentials, and does not overwrite an existing file. Absent for an upload in parts.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? Url { get; init; }

    [Description("The headers to send, unchanged.")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [Description("When the presigned URLs expire.")]
    public required DateTimeOffset ExpiresAt { get; init; }

    [Description("The id of an upload in parts, for completing, resuming or aborting it. Absent for an upload in one piece.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UploadId? UploadId { get; init; }

    [Description("The size of every part except the last, in bytes. Absent for an upload in one piece.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PartSize { get; init; }

    [Description("The parts of the file, in order. Absent for an upload in one piece.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<UploadPart>? Parts { get; init; }
}

[Description("One part of an upload.")]
internal sealed record UploadPart
{
    [Description("The number of the part, starting at 1.")]
    public required int Number { get; init; }

    [Description("The presigned URL of the part, which may be used repeatedly until the part has arrived; null when it has.")]
    public Uri? Url { get; init; }

    [Description("The ETag of a part that has arrived; null when it has not.")]
    public string? ETag { get; init; }
}

[Description("The parts that make up the file.")]
internal sealed record CompleteUploadRequest
{
    [Required]
    [Description("All parts, in order.")]
    public IReadOnlyList<CompletedPart>? Parts { get; init; }
}

[Description("An uploaded part.")]
internal sealed record CompletedPart
{
    [Required]
    [Range(1, CompleteUploadValidator.MaxParts)]
    [Description("The number of the part, starting at 1.")]
    public int? Number { get; init; }

    [Required]
    [StringLength(CompleteUploadValidator.MaxETag)]
    [Description("The ETag header of the response to its PUT.")]
    public string? ETag { get; init; }
}

[Description("A video that has been uploaded.")]
internal sealed record CompletedUploadResponse
{
    [Description("The key of the video, for POST /jobs.")]
    public required ObjectKey VideoKey { get; init; }
}
