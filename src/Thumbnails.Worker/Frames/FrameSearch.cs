using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// Plans the attempts at a frame. Each plan rests on what is believed of the frame (its time, size, colours, that a seek
/// leads to it), and each attempt reports what the frames were really like. A picture counts only when the one frame that
/// was encoded is the one on screen at the requested time, and is what the plan took it for; otherwise the next plan is made
/// of the report. Most videos are what they seem, and take one attempt.
/// </summary>
/// <param name="video">The video.</param>
/// <param name="output">How a frame becomes the picture.</param>
/// <param name="position">The requested time, from the start of the video.</param>
/// <param name="threads">How many threads may decode.</param>
internal sealed class FrameSearch(ProbedVideo video, Func<FrameTraits, FrameOutput> output, TimeSpan position, int threads)
{
    private const int MaxAttempts = 10;

    // A decoder is ahead of the frames that it gives out, so that its errors come this many frames early.
    private const int DecoderDelay = 3;

    // Where a container's index is coarse or missing, a seek may land past the wanted frame: try again from further back.
    private static readonly TimeSpan[] StepsBack =
        [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(120), TimeSpan.MaxValue];

    private readonly FrameChoice _first = video.BeginsAtKeyframes ? FrameChoice.First : FrameChoice.FirstWhole;
    private TimeSpan _start = video.Start;
    private TimeSpan _seekFrom = video.Start + position;
    private int _step;
    private int _attempts;
    private bool _isDoubted;
    private bool _hasEnded;

    private TimeSpan Time => _start + position;

    /// <summary>The first plan.</summary>
    public ExtractionPlan Begin()
    {
        var isBeforeFirst = position <= video.FirstFrame;
        if (isBeforeFirst || !video.IsSeekable)
            _step = StepsBack.Length - 1;
        return new ExtractionPlan(Seek(), isBeforeFirst ? _first : Expected(), video.Traits, threads);
    }

    /// <summary>Judges an attempt: the picture, or the plan for the next attempt.</summary>
    /// <exception cref="JobFailedException">There is no such picture.</exception>
    public (Picture? Picture, ExtractionPlan? Next) Judge(ExtractionAttempt attempt)
    {
        var (plan, report) = (attempt.Plan, attempt.Report);
        if (attempt.Exit.WasKilled || attempt.Exit.UsedUpItsTime || ++_attempts == MaxAttempts)
            throw NoFrame(attempt);
        if (!video.TellsStart && report.Decoded is [var first, ..] && first.Time != _start)
        {
            _start = first.Time;
            return (null, plan.Choice == _first ? plan : plan with { Choice = Expected() });
        }

        if (!plan.Choice.StopsAtPicture)
            _hasEnded = report.Decoded.All(frame => frame.Time <= Time);
        var isFirst = plan.Choice == _first;
        if ((isFirst ? report.Encoded.Select(frame => IndexOf(report, frame.Time)).FirstOrDefault(-1) : OnScreen(report)) is not (>= 0 and var index))
            return (null, isFirst ? throw NoFrame(attempt) : FurtherBack(plan, attempt));
        if (plan.Seek is not null && (!IsOrdered(report.Decoded) || (index == 0 && video.IsBroadcast)))
            return (null, FurtherBack(plan, attempt));
        var shown = report.Decoded[index];
        if (IsDamaged(report.Decoded, index))
            return (null, Doubt(plan, attempt, shown));
        if (IsPictureOf(shown, attempt))
            return (Picture(attempt), null);
        var next = plan with { Choice = FrameChoice.At(shown.Time), Traits = shown.Traits };
        return (null, next == plan ? throw NoFrame(attempt) : next);
    }

    // The frame that begins within the time that one lasts on average. Where frames last longer, or less, the attempt tells
    // which one it is. A little less than the average keeps a frame that begins exactly then apart from the one before.
    private FrameChoice Expected()
    {
        var interval = video.FrameInterval;
        var last = video.VideoEnd is { } end && _start + end - interval is var latest && latest < Time ? latest : Time;
        return FrameChoice.Between(last - 0.98 * interval, Time);
    }

    private TimeSpan? Seek() =>
        StepsBack[_step] < _seekFrom - _start && video.IsSeekable ? _seekFrom - StepsBack[_step] : null;

    private ExtractionPlan FurtherBack(ExtractionPlan plan, ExtractionAttempt attempt)
    {
        if (plan.Seek is null)
            return plan with { Choice = _first };
        // Past the end, as far as one knows: back from there, not from wherever the request is.
        if (_step == 0 && attempt.Report.Decoded.Count == 0 && _start + video.Duration is { } end && end < _seekFrom)
            _seekFrom = end;
        _step++;
        return plan with { Seek = Seek() };
    }

    // The frames before the first whole one are made of frames that were never seen.
    private int OnScreen(FrameReport report)
    {
        var (whole, shown) = (video.BeginsAtKeyframes, -1);
        for (var i = 0; i < report.Decoded.Count; i++)
        {
            whole |= report.Decoded[i].IsWhole;
            if (whole && report.Decoded[i].Time <= Time && !(shown >= 0 && report.Decoded[shown].Time >= report.Decoded[i].Time))
                shown = i;
        }

        return shown;
    }

    private bool IsPictureOf(Sighting shown, ExtractionAttempt attempt) =>
        attempt.Report.Encoded is [var encoded, ..] && encoded.Time == shown.Time
        && (attempt.Plan.Choice.StopsAtPicture || attempt.Report.Encoded.Count == 1)
        && output(shown.Traits).IsSame(attempt.Output)
        && (attempt.Plan.Traits.NeedsDeinterlacing || !shown.Traits.NeedsDeinterlacing)
        && attempt.Exit.Output.Length > 0;

    private static int IndexOf(FrameReport report, TimeSpan time)
    {
        for (var i = report.Decoded.Count - 1; i >= 0; i--)
        {
            if (report.Decoded[i].Time == time)
                return i;
        }

        return -1;
    }

    // After a seek to where frames are missing, ffmpeg may take the times of decoding for those of presentation, and goes on so.
    // It does that when times do not increase.
    private static bool IsOrdered(IReadOnlyList<Sighting> frames)
    {
        for (var i = 1; i < frames.Count; i++)
        {
            if (frames[i].Time <= frames[i - 1].Time)
                return false;
        }

        return true;
    }

    // Errors since the last whole frame spread to the ones that are made of it.
    private static bool IsDamaged(IReadOnlyList<Sighting> frames, int index)
    {
        var whole = index;
        while (whole > 0 && !frames[whole].IsWhole)
            whole--;
        var delay = frames.All(frame => frame.IsWhole) ? 1 : DecoderDelay;
        return frames[index].Errors > (whole >= delay ? frames[whole - delay].Errors : 0);
    }

    // With one thread and from further back, the errors that come of the seek itself are out of the way.
    private ExtractionPlan Doubt(ExtractionPlan plan, ExtractionAttempt attempt, Sighting shown)
    {
        if (_isDoubted)
            throw MediaFailure.Of(attempt.Exit, "The video is damaged there: the frame cannot be decoded without errors. Choose another position.");
        _isDoubted = true;
        _step = Math.Min(_step + 1, StepsBack.Length - 1);
        return plan with { Threads = 1, Seek = plan.Seek is null ? null : Seek(), Choice = FrameChoice.At(shown.Time), Traits = shown.Traits };
    }

    private Picture Picture(ExtractionAttempt attempt)
    {
        var encoded = attempt.Report.Encoded[0];
        var time = encoded.Time - _start;
        return new Picture(attempt.Exit.Output, encoded.Traits.Width, encoded.Traits.Height, time)
        {
            IsLast = _hasEnded,
            Adjustment = time > position ? FrameAdjustment.FirstFrame
                : _hasEnded && position > (video.VideoEnd ?? time) && position > time + 1.5 * video.FrameInterval ? FrameAdjustment.LastFrame
                : null,
        };
    }

    // The last attempt looks for any frame at all, from the start of the file to its end.
    private JobFailedException NoFrame(ExtractionAttempt attempt) => attempt.Plan.Choice == _first && attempt.Report.Decoded.Count == 0
        ? MediaFailure.Of(attempt.Exit, "No frame of the video can be decoded: the file is damaged or incomplete.", isFinal: true)
        : MediaFailure.Of(attempt.Exit, "No frame could be decoded there. Choose another position.");
}
