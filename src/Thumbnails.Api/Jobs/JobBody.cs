using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Thumbnails.Api.Storyboards;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make from a video: one (position and outputName) or several (frames), a storyboard, a preview, or any of these together. " + OptionsText)]
internal record JobBody : FrameBody
{
    protected const string OptionsText = "The options of pictures (width, fit, quality and so on) are for frames; of these, a storyboard and a preview use only ifExists.";

    [Description("Several pictures of the video, instead of position and outputName. Options that a frame omits (width, fit, quality and so on) are taken from the request.")]
    public IReadOnlyList<FrameBody>? Frames { get; init; }

    [Description("A storyboard to make: small pictures of the whole video, for the seek bar of a player.")]
    public StoryboardBody? Storyboard { get; init; }

    [Description("A preview to make: a short animation.")]
    public PreviewBody? Preview { get; init; }

    [StringLength(CallbackUrls.MaxLength)]
    [DataType(DataType.Url)]
    [Description("An https URL to which the finished job is sent with POST, signed according to Standard Webhooks. The job's webhook member reports the delivery.")]
    public string? CallbackUrl { get; init; }

    /// <summary>Returns the requested job. The request must be valid.</summary>
    public Job ToJob(JobId id, ObjectKey video, Uri apiUrl, DateTimeOffset now, int timeoutSeconds) => new()
    {
        Id = id,
        VideoKey = video,
        Frames = [.. WholeFrames().Select(ToFrame)],
        Storyboard = Storyboard?.ToRequest(IfExists ?? default),
        Preview = Preview?.ToRequest(IfExists ?? default),
        ViewSecret = Storyboard is null ? null : ViewToken.NewSecret(),
        CreatedAt = now,
        TimeoutSeconds = timeoutSeconds,
        Callback = CallbackUrl is null ? null : new JobCallback(new Uri(CallbackUrl), apiUrl),
    };

    /// <summary>Whether the request itself describes a frame. Only a storyboard or a preview can do without any.</summary>
    public bool IsFrame() => Frames is null && (Position is not null || OutputName is not null || (Storyboard is null && Preview is null));

    /// <summary>The frames, with the values that they inherit from the request.</summary>
    public IEnumerable<FrameBody> WholeFrames() => IsFrame() ? [this] : (Frames ?? []).OfType<FrameBody>().Select(frame => frame with
    {
        Width = frame.Width ?? Width,
        Height = frame.Height ?? Height,
        Fit = frame.Fit ?? Fit,
        Background = frame.Background ?? Background,
        Enlarge = frame.Enlarge ?? Enlarge,
        Quality = frame.Quality ?? Quality,
        IfExists = frame.IfExists ?? IfExists,
        OutOfRange = frame.OutOfRange ?? OutOfRange,
        Accuracy = frame.Accuracy ?? Accuracy,
    });

    private static FrameRequest ToFrame(FrameBody frame) => new()
    {
        Position = frame.Position!,
        OutputName = frame.OutputName!,
        Width = frame.Width,
        Height = frame.Height,
        Fit = frame.Fit ?? default,
        Background = frame.Background?.Value,
        Enlarge = frame.Enlarge ?? false,
        Quality = frame.Quality,
        IfExists = frame.IfExists ?? default,
        OutOfRange = frame.OutOfRange ?? default,
        Accuracy = frame.Accuracy ?? default,
    };
}
