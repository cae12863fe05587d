using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make from a video: one (position and outputName) or several (frames).")]
internal record JobBody : FrameBody
{
    [Description("Several pictures of the video, instead of position and outputName. Options that a frame omits (width, fit, quality and so on) are taken from the request.")]
    public IReadOnlyList<FrameBody>? Frames { get; init; }

    [StringLength(CallbackUrls.MaxLength)]
    [DataType(DataType.Url)]
    [Description("An https URL to which the finished job is sent with POST, signed according to Standard Webhooks. The job's webhook member reports the delivery.")]
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
