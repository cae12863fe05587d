using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>The properties of a video that the extraction needs.</summary>
internal sealed record ProbedVideo
{
    /// <summary>The input that opens the video.</summary>
    public required MediaInput Input { get; init; }

    public required VideoInfo Info { get; init; }

    /// <summary>The index of the stream in the file.</summary>
    public required int StreamIndex { get; init; }

    /// <summary>The properties of the frames, according to the container.</summary>
    public required FrameTraits Traits { get; init; }

    /// <summary>
    /// Position 0 on the file's own clock: the start of the earliest stream, audio or video, in every container, so that remuxing a
    /// video does not move its frames.
    /// </summary>
    public TimeSpan Start { get; init; }

    /// <summary>Whether <see cref="Start"/> is known; otherwise it is the time of the first decoded frame.</summary>
    public bool HasStart { get; init; } = true;

    /// <summary>The position of the first frame, according to the container.</summary>
    public TimeSpan FirstFrame { get; init; }

    /// <summary>The position of the end of the video stream; null if the container has no duration for it.</summary>
    public TimeSpan? VideoEnd { get; init; }

    /// <summary>The average duration of a frame; zero if it is unknown.</summary>
    public TimeSpan FrameInterval { get; init; }

    /// <summary>The delay between decoding and presentation that the reordering of frames causes.</summary>
    public TimeSpan ReorderDelay { get; init; }

    /// <summary>The decoder to use; null for ffmpeg's default.</summary>
    public string? Decoder { get; init; }

    /// <summary>Whether times are right after a seek. Elementary streams have none, and ffmpeg guesses them from the bit rate.</summary>
    public bool IsSeekable { get; init; } = true;

    /// <summary>Whether all frames, the last one too, stay on screen for that time.</summary>
    public bool HasConstantRate { get; init; }

    /// <summary>How much earlier than requested ffmpeg seeks, in containers whose index has other times than those of presentation.</summary>
    public TimeSpan SeekLead { get; init; }

    /// <summary>
    /// Whether frames that are not keyframes need not be read. ffmpeg's own demuxer of MP4 gives keyframes wrong times then, unless
    /// frames are stored in order; that of the worker's image does not.
    /// </summary>
    public bool DiscardsBeforeReading { get; init; }

    /// <summary>
    /// Whether decoding always begins with a keyframe, even if no keyframe is reported: an edit list may hide it, and libvpx does
    /// not mark keyframes.
    /// </summary>
    public bool BeginsAtKeyframes { get; init; }

    /// <summary>Whether the container is MP4, QuickTime or a relative of theirs.</summary>
    public bool IsMp4 { get; init; }

    /// <summary>Whether the container is MPEG-TS or MPEG-PS, whose times may start over midway.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Whether ffmpeg may guess the time of the first frame after a seek, because not every frame has one.</summary>
    public bool GuessesFirstTime { get; init; }

    /// <summary>A warning that concerns every picture of the video; null for none.</summary>
    public string? Warning { get; init; }

    /// <summary>Returns what most videos are, as far as it determines how ffmpeg opens them.</summary>
    public static ProbedVideo Presumed(MediaInput input) => new()
    {
        Input = input,
        Info = new VideoInfo(null, 0, 0, "", null, 0),
        StreamIndex = 0,
        Traits = new FrameTraits { Codec = "", Width = 0, Height = 0 },
    };

    public TimeSpan? Duration => Info.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
