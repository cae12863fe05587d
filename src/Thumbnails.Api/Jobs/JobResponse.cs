using System.ComponentModel;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("A job and its outcome.")]
internal sealed record JobResponse
{
    [Description("The id of the job. Ids sort newest first.")]
    public required JobId Id { get; init; }

    [Description("The status of the job. A job of POST /uploads is awaiting_upload until its video has been uploaded. A job that has succeeded, failed or been canceled no longer changes, except for the delivery of its webhook.")]
    public required JobStatus Status { get; init; }

    [Description("The key of the video.")]
    public required ObjectKey VideoKey { get; init; }

    [Description("When the job was accepted.")]
    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When the worker started; null before that.")]
    public DateTimeOffset? StartedAt { get; init; }

    [Description("When the job ended; null before that.")]
    public DateTimeOffset? FinishedAt { get; init; }

    [Description("The attempt at the job, counted from 1: a task that fails for a cause that may pass is followed by another. Null while there is no task.")]
    public int? Attempt { get; init; }

    [Description("The pictures, in the order of the request; empty when only a storyboard or a preview was requested.")]
    public required IReadOnlyList<FrameResponse> Frames { get; init; }

    [Description("The storyboard; null when none was requested.")]
    public StoryboardResponse? Storyboard { get; init; }

    [Description("The preview; null when none was requested.")]
    public PreviewResponse? Preview { get; init; }

    [Description("Properties of the video; null until the worker has read them.")]
    public VideoInfo? Video { get; init; }

    [Description("How long each step took; null until the worker has started.")]
    public JobTimings? Timings { get; init; }

    [Description("How many bytes of the video were read from object storage; null when the video is a local file.")]
    public long? BytesRead { get; init; }

    [Description("Why the job failed; null unless it did.")]
    public JobError? Error { get; init; }

    [Description("The delivery of the webhook; null when the request had no callbackUrl.")]
    public DeliveryState? Webhook { get; init; }

    [Description("The ECS task that runs the job; null until there is one, and always null when jobs run as local processes.")]
    public TaskDetails? Task { get; init; }
}

[Description("One picture of a job.")]
internal sealed record FrameResponse
{
    [Description("The position from the request.")]
    public required FramePosition RequestedPosition { get; init; }

    [Description("The presentation time of the frame that was used, in seconds from the start of the video; null until the picture exists.")]
    public double? Position { get; init; }

    [Description("Why another frame was used than the one at the position: clamped (the position is past the end), first_frame or last_frame (the video track starts after the position, or ends before it), blank (auto found only blank frames), no_keyframe (accuracy=keyframe found no keyframe that can be used, so the exact frame was used). Null when the frame at the position was used.")]
    public FrameAdjustment? Adjustment { get; init; }

    [Description("What is known to be wrong with the picture, such as colors that cannot be converted; null when nothing is.")]
    public string? Warning { get; init; }

    [Description("The name of the picture.")]
    public required OutputName OutputName { get; init; }

    [Description("The key of the picture in storage.")]
    public required ObjectKey Key { get; init; }

    [Description("The width of the picture in pixels; null until the picture exists.")]
    public int? Width { get; init; }

    [Description("The height of the picture in pixels; null until the picture exists.")]
    public int? Height { get; init; }

    [Description("The size of the file in bytes; null until the picture exists.")]
    public long? SizeBytes { get; init; }

    [Description("A presigned URL of the picture, which works without credentials until urlExpiresAt; null until the picture exists. GET the job again for a new URL.")]
    public Uri? Url { get; init; }

    [Description("When url expires.")]
    public DateTimeOffset? UrlExpiresAt { get; init; }

    [Description("Why this picture could not be made; null unless that happened.")]
    public JobError? Error { get; init; }
}

[Description("How long the steps of a job took, in milliseconds. Steps may overlap.")]
internal sealed record JobTimings
{
    [Description("From the acceptance of the job, or the end of the upload that it awaited, to the start of its task.")]
    public required long QueuedMs { get; init; }

    [Description("From the start of the task to the start of the worker.")]
    public required long StartMs { get; init; }

    [Description("Reading the properties of the video.")]
    public long? ProbeMs { get; init; }

    [Description("Decoding frames and encoding pictures.")]
    public long? ExtractMs { get; init; }

    [Description("Storing the pictures.")]
    public long? UploadMs { get; init; }
}

[Description("A page of jobs, newest first.")]
internal sealed record JobPage
{
    [Description("The jobs of this page.")]
    public required IReadOnlyList<JobResponse> Jobs { get; init; }

    [Description("The cursor of the next page; null on the last page.")]
    public string? NextCursor { get; init; }
}
