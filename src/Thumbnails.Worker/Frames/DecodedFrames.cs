using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>The frames that one attempt decoded, in the order in which ffmpeg presented them.</summary>
internal sealed class DecodedFrames(FrameReport report, ProbedVideo video)
{
    // A decoder runs ahead of the frames that are reported, so its errors appear up to this many frames early, also where no frame
    // depends on another: ffmpeg decodes in a thread of its own.
    private const int DecoderDelay = 3;

    private readonly IReadOnlyList<Sighting> _frames = report.Decoded;

    public Sighting this[int index] => _frames[index];

    /// <summary>
    /// When the first frame appears, when decoding began at the start; null without frames. ffmpeg 5 gives the first frame of raw
    /// MPEG-1 a time that is one frame too early.
    /// </summary>
    public TimeSpan? Start => _frames switch
    {
        [var first, var second, ..] when video.HasConstantRate && second.Time - first.Time > 1.5 * video.FrameInterval => second.Time - video.FrameInterval,
        [var first, ..] => first.Time,
        _ => null,
    };

    /// <summary>
    /// Whether the times increase. After a seek to a place where frames are missing, ffmpeg may use decoding times as
    /// presentation times, and continues to do so; then they do not.
    /// </summary>
    public bool AreOrdered => !Enumerable.Range(1, Math.Max(0, _frames.Count - 1)).Any(i => _frames[i].Time <= _frames[i - 1].Time);

    /// <summary>Returns the frame on screen at a time, or -1 when no whole frame had appeared by then.</summary>
    /// <param name="time">The time.</param>
    /// <param name="last">
    /// The last frame to consider. After a picture, ffmpeg outputs the frames that are still in the decoder, with times that may be wrong.
    /// </param>
    public int OnScreenAt(TimeSpan time, int last = int.MaxValue)
    {
        // Frames before the first whole one depend on frames that were not decoded.
        var (whole, shown) = (video.BeginsAtKeyframes, -1);
        for (var i = 0; i < _frames.Count && i <= last; i++)
        {
            whole |= _frames[i].IsWhole;
            if (whole && Begin(i) <= time && !(shown >= 0 && Begin(shown) >= Begin(i)))
                shown = i;
        }

        return shown;
    }

    public int IndexOf(TimeSpan time)
    {
        for (var i = _frames.Count - 1; i >= 0; i--)
        {
            if (_frames[i].Time == time)
                return i;
        }

        return -1;
    }

    /// <summary>
    /// Whether the time of a frame is wrong: not after the frame before it, although the next one is. ffmpeg gives a keyframe
    /// in MPEG-PS the time of an earlier frame when both begin in the same packet.
    /// </summary>
    public bool IsMistimed(int index) =>
        index > 0 && index + 1 < _frames.Count && _frames[index].Time <= _frames[index - 1].Time && _frames[index + 1].Time > _frames[index - 1].Time;

    /// <summary>Returns when a frame appears. A wrong time is replaced with one between its neighbors.</summary>
    public TimeSpan Begin(int index) =>
        IsMistimed(index) ? (_frames[index - 1].Time + _frames[index + 1].Time) / 2 : _frames[index].Time;

    /// <summary>Whether a frame, or one that it depends on, was decoded with errors.</summary>
    public bool IsDamaged(int index)
    {
        // Errors spread until the next whole frame.
        var whole = index;
        while (whole > 0 && !_frames[whole].IsWhole)
            whole--;
        return _frames[index].Errors > (whole >= DecoderDelay ? _frames[whole - DecoderDelay].Errors : 0) || HasLostData(_frames[whole].Time, _frames[index].Time);
    }

    /// <summary>
    /// Whether the frame that should be on screen at a time was lost: this one would be shown for too long, and errors follow it.
    /// </summary>
    public bool IsLost(int index, TimeSpan time)
    {
        if (!video.HasConstantRate || time - _frames[index].Time <= 1.5 * video.FrameInterval)
            return false;
        return index + 1 < _frames.Count
            ? _frames[index + 1].Errors > _frames[index].Errors
            : report.Errors > _frames[index].Errors && time < video.Start + video.VideoEnd;
    }

    // The HEVC decoder does not report missing parts of a frame, but the demuxer of transport streams reports packets that
    // lost some, by decoding time. A single one is also reported where two streams were joined. Other decoders report.
    private bool HasLostData(TimeSpan wholeFrame, TimeSpan frame)
    {
        var from = wholeFrame - video.ReorderDelay - video.FrameInterval / 2;
        return video.Info.Codec == "hevc" && report.CorruptPackets.Count(time => time > from && time <= frame) > 1;
    }
}
