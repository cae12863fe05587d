using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>What the extraction needs to know of a video.</summary>
internal sealed record ProbedVideo
{
    /// <summary>How to open it.</summary>
    public required MediaInput Input { get; init; }

    public required VideoInfo Info { get; init; }

    /// <summary>The stream's index in the file.</summary>
    public required int StreamIndex { get; init; }

    /// <summary>What the container says of its frames.</summary>
    public required FrameTraits Traits { get; init; }

    /// <summary>
    /// Where position 0 is by the file's own clock: where the earliest of sound and pictures begins, in every container, so
    /// that a video that is put into another one has the same frames at the same positions.
    /// </summary>
    public TimeSpan Start { get; init; }

    /// <summary>Whether <see cref="Start"/> is known; otherwise it is the time of the first decoded frame.</summary>
    public bool HasStart { get; init; } = true;

    /// <summary>The position of the first frame, where the container tells it.</summary>
    public TimeSpan FirstFrame { get; init; }

    /// <summary>Where the pictures end; null when the container only knows when everything has ended.</summary>
    public TimeSpan? VideoEnd { get; init; }

    /// <summary>How long a frame stays on screen on average; nothing when unknown.</summary>
    public TimeSpan FrameInterval { get; init; }

    /// <summary>How long a frame waits for those that are decoded before it but shown after it.</summary>
    public TimeSpan ReorderDelay { get; init; }

    /// <summary>The only decoder that does it justice; null for ffmpeg's own choice.</summary>
    public string? Decoder { get; init; }

    /// <summary>Whether a seek finds the right times: bare streams have none, and ffmpeg guesses them from the bit rate.</summary>
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
    /// Whether the decoding begins with a keyframe wherever it begins. Its own frame need not be seen: an edit list may hide
    /// it, and libvpx does not say which ones are keyframes.
    /// </summary>
    public bool BeginsAtKeyframes { get; init; }

    /// <summary>Whether the container is MP4, QuickTime or a relative of theirs.</summary>
    public bool IsMp4 { get; init; }

    /// <summary>Whether the container is MPEG-TS or MPEG-PS, whose times may start over midway.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Whether ffmpeg may guess the time of the first frame after a seek, because not every frame has one.</summary>
    public bool GuessesFirstTime { get; init; }

    /// <summary>What a viewer should know of all its pictures; null for nothing.</summary>
    public string? Warning { get; init; }

    public TimeSpan? Duration => Info.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
