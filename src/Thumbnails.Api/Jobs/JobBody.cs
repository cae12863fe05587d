using System.ComponentModel;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make of a video: one (position and outputName), or several (frames).")]
internal record JobBody : FrameBody
{
    [Description("1 to 100 pictures of the video. What a frame does not say (width, fit, quality and so on) it takes from the request.")]
    public IReadOnlyList<FrameBody>? Frames { get; init; }

    [Description("Where to POST the job to when it has ended: an https address of at most 2,000 characters. Signed as Standard Webhooks wants it; webhook tells what became of it.")]
    public string? CallbackUrl { get; init; }

    /// <summary>The job that this asks for. Only for a request that is valid.</summary>
    public Job ToJob(JobId id, ObjectKey video, Uri apiAddress, DateTimeOffset now, int timeoutSeconds) => new()
    {
        Id = id,
        VideoKey = video,
        Frames = [.. (Frames ?? [this]).Select(ToFrame)],
        CreatedAt = now,
        TimeoutSeconds = timeoutSeconds,
        Callback = CallbackUrl is null ? null : new JobCallback(new Uri(CallbackUrl), apiAddress),
    };

    private FrameRequest ToFrame(FrameBody frame) => new()
    {
        Position = FramePosition.Parse(frame.Position!),
        OutputName = Core.Jobs.OutputName.Parse(frame.OutputName!),
        Width = frame.Width ?? Width,
        Height = frame.Height ?? Height,
        Fit = frame.Fit ?? Fit ?? default,
        Enlarge = frame.Enlarge ?? Enlarge ?? false,
        Quality = frame.Quality ?? Quality,
        IfExists = frame.IfExists ?? IfExists ?? default,
        OutOfRange = frame.OutOfRange ?? OutOfRange ?? default,
    };
}
