namespace Thumbnails.Client;

/// <summary>Options for uploading a video.</summary>
public sealed record UploadOptions
{
    /// <summary>The media type of the video; null derives it from the file extension.</summary>
    public string? ContentType { get; init; }

    /// <summary>A job to start when the video has arrived, without a <see cref="JobRequest.VideoKey"/>.</summary>
    public JobRequest? Job { get; init; }

    /// <summary>Receives the progress.</summary>
    public IProgress<UploadProgress>? Progress { get; init; }

    /// <summary>
    /// Resumes an interrupted upload in parts: the <see cref="UploadProgress.UploadId"/> of the first attempt.
    /// </summary>
    public string? UploadId { get; init; }

    /// <summary>
    /// The size above which a video is uploaded in parts, so that a failed part can be sent again by itself. Default: 100 MB.
    /// </summary>
    public long PartsAboveBytes { get; init; } = 100_000_000;

    /// <summary>The number of parts of a file that are sent concurrently. Default: 4.</summary>
    public int ParallelParts { get; init; } = 4;
}

/// <summary>The progress of an upload.</summary>
/// <param name="SentBytes">The number of bytes sent so far.</param>
/// <param name="TotalBytes">The size of the video.</param>
/// <param name="UploadId">The id of an upload in parts, for resuming it; null for an upload in one piece.</param>
public sealed record UploadProgress(long SentBytes, long TotalBytes, string? UploadId);

/// <summary>A video that was uploaded.</summary>
/// <param name="VideoKey">The key of the video, for <see cref="ThumbnailsClient.CreateJobAsync"/>.</param>
/// <param name="JobId">The id of the job in the request; null when there was none.</param>
public sealed record UploadedVideo(string VideoKey, string? JobId);

/// <summary>An upload to create.</summary>
public sealed record UploadRequest
{
    /// <summary>The file's name, without folders.</summary>
    public required string FileName { get; init; }

    /// <summary>The video's media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>The file's exact size.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether to upload in parts; null lets the service decide.</summary>
    public bool? Multipart { get; init; }

    /// <summary>A job to start when the video has arrived.</summary>
    public JobRequest? Job { get; init; }
}

/// <summary>Presigned URLs to upload a video to: one <see cref="Url"/>, or one for each part.</summary>
public sealed record UploadTicket
{
    /// <summary>The video's key.</summary>
    public required string VideoKey { get; init; }

    /// <summary>The job that starts when the video has arrived.</summary>
    public string? JobId { get; init; }

    /// <summary>The HTTP method for sending the file or its parts.</summary>
    public string Method { get; init; } = "PUT";

    /// <summary>The URL to upload the file to; null for an upload in parts.</summary>
    public Uri? Url { get; init; }

    /// <summary>The headers to send.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When the URLs expire.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The id of an upload in parts.</summary>
    public string? UploadId { get; init; }

    /// <summary>The size of every part but the last.</summary>
    public long? PartSize { get; init; }

    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<UploadPart>? Parts { get; init; }
}

/// <summary>A part of an upload.</summary>
/// <param name="Number">The part number, from 1.</param>
/// <param name="Url">The URL to upload the part to; null when it has been uploaded.</param>
/// <param name="ETag">The ETag that the store returned; null when the part has not been uploaded.</param>
public sealed record UploadPart(int Number, Uri? Url, string? ETag);
