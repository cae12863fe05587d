using System.ComponentModel;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("A job and what became of it.")]
internal sealed record JobResponse
{
    [Description("The job's id. Ids sort newest first.")]
    public required JobId Id { get; init; }

    [Description("How far the job has come; awaiting_upload is a job from POST /uploads whose video is not there yet. A job that is succeeded, failed or canceled never changes again.")]
    public required JobStatus Status { get; init; }

    [Description("The key of the video.")]
    public required ObjectKey VideoKey { get; init; }

    [Description("When the job was accepted.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When its worker began.")]
    public DateTimeOffset? StartedAt { get; init; }

    [Description("When it ended.")]
    public DateTimeOffset? FinishedAt { get; init; }

    [Description("The pictures, in the order of the request.")]
    public required IReadOnlyList<FrameResponse> Frames { get; init; }

    [Description("What the video is, once the worker has looked.")]
    public VideoInfo? Video { get; init; }

    [Description("Where the time went.")]
    public JobTimings? Timings { get; init; }

    [Description("How many bytes of the video were fetched from the store; null when it is a file of the worker's machine.")]
    public long? BytesRead { get; init; }

    [Description("Why the job failed.")]
    public JobError? Error { get; init; }

    [Description("What became of the webhook; null when the job has no callbackUrl.")]
    public DeliveryState? Webhook { get; init; }

    [Description("The ECS task that runs the job; null on one machine.")]
    public TaskDetails? Task { get; init; }
}

[Description("A picture of a job.")]
internal sealed record FrameResponse
{
    [Description("The position as it was asked for.")]
    public required FramePosition RequestedPosition { get; init; }

    [Description("The presentation time of the frame in the picture, in seconds from the start of the video.")]
    public double? Position { get; init; }

    [Description("What was done about a position that no frame was on screen at: clamped (behind the end), first_frame or last_frame (the pictures begin later, or end earlier than the rest), blank (auto found nothing better). Null when the frame was on screen then.")]
    public FrameAdjustment? Adjustment { get; init; }

    [Description("The picture's name.")]
    public required OutputName OutputName { get; init; }

    [Description("The picture's key in the store.")]
    public required ObjectKey Key { get; init; }

    [Description("In pixels.")]
    public int? Width { get; init; }

    [Description("In pixels.")]
    public int? Height { get; init; }

    [Description("In bytes.")]
    public long? SizeBytes { get; init; }

    [Description("Where to get the picture, without credentials, until urlExpiresAt. GET the job again for a fresh address.")]
    public Uri? Url { get; init; }

    [Description("When url stops working.")]
    public DateTimeOffset? UrlExpiresAt { get; init; }

    [Description("Why there is no picture.")]
    public JobError? Error { get; init; }
}

[Description("Where a job's time went, in milliseconds. Probing and extracting overlap.")]
internal sealed record JobTimings
{
    [Description("From being accepted, or from the end of the upload that it awaited, to the start of its task.")]
    public required long QueuedMs { get; init; }

    [Description("From the start of its task to the start of its worker.")]
    public required long StartMs { get; init; }

    [Description("Reading what the video is.")]
    public long? ProbeMs { get; init; }

    [Description("Decoding and encoding.")]
    public long? ExtractMs { get; init; }

    [Description("Storing the pictures.")]
    public long? UploadMs { get; init; }
}

[Description("A page of jobs, newest first.")]
internal sealed record JobPage
{
    [Description("The jobs.")]
    public required IReadOnlyList<JobResponse> Jobs { get; init; }

    [Description("For the next page: the cursor to ask with; null on the last page.")]
    public string? NextCursor { get; init; }
}
