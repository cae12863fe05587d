using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// Plans the attempts at a frame. Each plan assumes something about the frame (its time, size and colors, and that a seek
/// leads to it), and each attempt reports the frames as they were decoded. A picture counts only when the one frame that
/// was encoded is the frame on screen at the requested time and matches the assumptions; otherwise the report leads to the
/// next plan. Most videos need one attempt.
/// </summary>
/// <param name="video">The video.</param>
/// <param name="output">Creates the output for a frame.</param>
/// <param name="position">The requested time, from the start of the video.</param>
/// <param name="threads">The number of decoder threads.</param>
/// <param name="keyframes">Whether to return the last keyframe that is not after the requested time.</param>
internal sealed class FrameSearch(
    ProbedVideo video, Func<FrameTraits, FrameOutput> output, TimeSpan position, int threads, bool keyframes = false)
{
    /// <summary>The advice in errors of a frame, which does not apply to a tile of a storyboard.</summary>
    public const string OtherPosition = " Choose another position.";

    private const int MaxAttempts = 10;

    // A seek may land past the frame when the container's index is coarse or missing. Then seek further back.
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

    /// <summary>Returns the first plan.</summary>
    public ExtractionPlan Begin()
    {
        var isBeforeFirst = position <= video.FirstFrame;
        if (isBeforeFirst || !video.IsSeekable)
            _step = StepsBack.Length - 1;
        // With an index of keyframes, the seek itself finds the keyframe.
        var isIndexed = keyframes && !video.IsBroadcast && Seek() is not null;
        return new ExtractionPlan(isIndexed ? Seek() + video.SeekLead : Seek(), isBeforeFirst || isIndexed ? _first : Expected(), video.Traits, threads)
        {
            KeyframesOnly = keyframes,
        };
    }

    /// <summary>Judges an attempt: returns the picture, or the plan for the next attempt.</summary>
    /// <exception cref="JobFailedException">The frame cannot be decoded.</exception>
    public (Picture? Picture, ExtractionPlan? Next) Judge(ExtractionAttempt attempt)
    {
        var (plan, report) = (attempt.Plan, attempt.Report);
        if (attempt.Exit.WasKilled || attempt.Exit.UsedUpItsTime || ++_attempts == MaxAttempts)
            throw NoFrame(attempt);
        var (frames, isFirst) = (new DecodedFrames(report, video), plan.Choice == _first);
        if (!video.HasStart && frames.Start is { } start && start != _start)
        {
            _start = start;
            return (null, plan.Choice == _first ? plan : plan with { Choice = Expected() });
        }

        if (!plan.Choice.StopsAtPicture)
            _hasEnded = report.Decoded.All(frame => frame.Time <= Time);
        if (isFirst && plan.Seek is not null && !report.Encoded.Any(frame => frame.Time <= Time))
        {
            // The index of MP4 is exact, so this keyframe is damaged, and an earlier one would be the wrong one.
            if (video.IsMp4 && report.HasErrors)
                throw NoFrame(attempt);
            return (null, FurtherBack(plan with { Choice = Expected() }, attempt));
        }

        var picture = report.Encoded is [var encoded, ..] ? frames.IndexOf(encoded.Time) : -1;
        var index = isFirst ? picture : frames.OnScreenAt(Time, plan.Choice.StopsAtPicture && picture >= 0 ? picture : int.MaxValue);
        if (index < 0)
            return (null, isFirst ? throw NoFrame(attempt) : FurtherBack(plan, attempt));
        if (plan.Seek is not null && (!frames.AreOrdered || (video.GuessesFirstTime && (index == 0 || frames[0].Time < _start + video.FirstFrame))))
            return (null, FurtherBack(plan, attempt));
        var next = plan with { Choice = ChoiceOf(frames, index), Traits = frames[index].Traits };
        if (frames.IsDamaged(index) || (!isFirst && frames.IsLost(index, Time)))
            return (null, Doubt(next, attempt));
        if (IsPictureOf(frames[index], attempt))
            return (PictureOf(attempt, TimeSpan.FromTicks(Math.Max(0, (frames.Begin(index) - _start).Ticks))), null);
        return (null, next == plan ? throw NoFrame(attempt) : next);
    }

    // The frame that begins within one average frame duration before the requested time. If frames last longer or shorter,
    // the report shows which frame it is. Slightly less than the average excludes a frame that begins exactly one duration before.
    private FrameChoice Expected()
    {
        var interval = video.FrameInterval;
        var last = video.VideoEnd is { } end && _start + end - interval is var latest && latest < Time ? latest : Time;
        return FrameChoice.Between(last - 0.98 * interval, Time);
    }

    private static FrameChoice ChoiceOf(DecodedFrames frames, int index) => frames.IsMistimed(index)
        ? FrameChoice.AtBackstep(frames[index].Time, frames[index - 1].Time)
        : FrameChoice.At(frames[index].Time);

    private TimeSpan? Seek() =>
        StepsBack[_step] < _seekFrom - _start && video.IsSeekable ? _seekFrom - StepsBack[_step] : null;

    private ExtractionPlan FurtherBack(ExtractionPlan plan, ExtractionAttempt attempt)
    {
        if (plan.Seek is null)
            return plan with { Choice = _first };
        // When the request lies past the presumed end, go back from the end.
        if (_step == 0 && attempt.Report.Decoded.Count == 0 && _start + video.Duration is { } end && end < _seekFrom)
            _seekFrom = end;
        _step++;
        return plan with { Seek = Seek() };
    }

    private bool IsPictureOf(Sighting shown, ExtractionAttempt attempt) =>
        attempt.Report.Encoded is [var encoded, ..] && encoded.Time == shown.Time
        && (attempt.Plan.Choice.StopsAtPicture || attempt.Report.Encoded.Count == 1)
        && output(shown.Traits).IsSame(attempt.Output)
        && (attempt.Plan.Traits.NeedsDeinterlacing || !shown.Traits.NeedsDeinterlacing)
        && attempt.Exit.Output.Length > 0;

    // With one thread, and from further back, errors that the seek itself causes do not occur.
    private ExtractionPlan Doubt(ExtractionPlan next, ExtractionAttempt attempt)
    {
        if (_isDoubted)
            throw MediaFailure.Of(attempt.Exit, $"The video is damaged there: the frame cannot be decoded without errors.{OtherPosition}");
        _isDoubted = true;
        _step = Math.Min(_step + 1, StepsBack.Length - 1);
        return next with { Threads = 1, Seek = next.Seek is null ? null : Seek() };
    }

    private Picture PictureOf(ExtractionAttempt attempt, TimeSpan time)
    {
        var traits = attempt.Report.Encoded[0].Traits;
        return new Picture(attempt.Exit.Output, traits.Width, traits.Height, time)
        {
            IsLast = _hasEnded,
            Adjustment = time > position ? FrameAdjustment.FirstFrame
                : _hasEnded && position > (video.VideoEnd ?? time) && position > time + 1.5 * video.FrameInterval ? FrameAdjustment.LastFrame
                : null,
        };
    }

    // The last attempt accepts any frame, from the start of the file to its end.
    private JobFailedException NoFrame(ExtractionAttempt attempt) => attempt.Plan.Choice == _first && attempt.Report.Decoded.Count == 0
        ? MediaFailure.Of(attempt.Exit, "No frame of the video can be decoded: the file is damaged or incomplete.", isFinal: true)
        : MediaFailure.Of(attempt.Exit, $"No frame could be decoded there.{OtherPosition}");
}
