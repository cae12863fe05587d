using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>Makes a picture of the frame that a player shows at a given time.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="cores">How many ffmpegs run at a time, whoever asks for them; and how many threads each may decode with.</param>
internal sealed class FrameExtractor(MediaTools tools, int cores) : IDisposable
{
    private const int MaxPicture = 256 * 1024 * 1024;

    private readonly SemaphoreSlim _free = new(cores);

    // Where a container's index is coarse or missing, a seek may land behind the wanted frame: try again from further back.
    private static readonly TimeSpan[] StepsBack = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(120), TimeSpan.MaxValue];

    public void Dispose() => _free.Dispose();

    /// <exception cref="JobFailedException">No frame can be decoded there.</exception>
    public Task<Picture> ExtractAsync(
        MediaInput input, ProbedVideo video, FrameOutput output, TimeSpan time, CancellationToken cancellationToken) =>
        ExtractAsync(input, video, output, time, null, cancellationToken);

    /// <param name="input">The video.</param>
    /// <param name="video">What is known, or taken for granted, of it.</param>
    /// <param name="output">What becomes of the frame.</param>
    /// <param name="time">The asked time, from the start of the video.</param>
    /// <param name="header">Learns what ffmpeg says of the video, as early as it says it.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">No frame can be decoded there.</exception>
    public async Task<Picture> ExtractAsync(
        MediaInput input, ProbedVideo video, FrameOutput output, TimeSpan time, InputHeader? header, CancellationToken cancellationToken)
    {
        var ended = false;
        var attempt = await AttemptAsync(input, video, output, time, time, header, cancellationToken);
        foreach (var step in StepsBack)
        {
            if (attempt.Picture is not null && (attempt.First <= time || attempt.Seek == TimeSpan.Zero))
                return attempt.Picture with { Adjustment = ended ? FrameAdjustment.LastFrame : attempt.Picture.Adjustment };
            if (attempt.Last is { } last && attempt.Picture is null)
                (time, ended) = (last, true);
            else if (attempt.Seek == TimeSpan.Zero || attempt.Exit.WasKilled)
                break;
            var seek = step < time ? time - step : TimeSpan.Zero;
            attempt = await AttemptAsync(input, video, output, time, seek, null, cancellationToken);
        }

        return attempt.Picture ?? throw MediaFailure.Of(attempt.Exit, "No frame could be decoded there.");
    }

    private async Task<Attempt> AttemptAsync(
        MediaInput input, ProbedVideo video, FrameOutput output, TimeSpan time, TimeSpan seek, InputHeader? header, CancellationToken cancellationToken)
    {
        var source = new SourceFrames(time);
        ShownFrame? shown = null;
        var arguments = ExtractArguments.For(input, video, output, time, seek, cores);
        MediaExit exit;
        try
        {
            exit = await RunAsync(arguments, OnLine, cancellationToken);
        }
        finally
        {
            header?.Close();
        }

        // A missing picture is a failure even when ffmpeg says that all is well.
        var picture = shown is not null && exit.Output.Length > 0 && source.Shown is { } position
            ? new Picture(exit.Output, shown.Width, shown.Height, position)
            {
                IsLast = source.Last <= time,
                Adjustment = position > time ? FrameAdjustment.FirstFrame : null,
            }
            : null;
        return new Attempt(picture, seek, source.First, source.Last, exit);

        void OnLine(string line)
        {
            header?.Add(line);
            if (ShowInfo.TryParse(line) is not { } frame)
                return;
            if (frame.Name == ShowInfo.Source)
                source.Add(TimeSpan.FromMicroseconds(frame.Pts));
            else
                shown ??= frame;
        }
    }

    private async Task<MediaExit> RunAsync(IReadOnlyList<string> arguments, Action<string> onLine, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await MediaProcess.RunAsync(tools.Ffmpeg, arguments, MaxPicture, onLine, cancellationToken);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "The picture would be too large.");
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>One run of ffmpeg: the first and the last frame that it decoded, and the picture, if it came to one.</summary>
    private sealed record Attempt(Picture? Picture, TimeSpan Seek, TimeSpan? First, TimeSpan? Last, MediaExit Exit);

    /// <summary>The presentation times of the frames that came out of the decoder.</summary>
    private sealed class SourceFrames(TimeSpan asked)
    {
        private TimeSpan? _before;

        public TimeSpan? First { get; private set; }

        public TimeSpan? Last { get; private set; }

        /// <summary>The frame on screen at the asked time: the last one not after it, else the first one there is.</summary>
        public TimeSpan? Shown => _before ?? First;

        public void Add(TimeSpan time)
        {
            First = First < time ? First : time;
            Last = Last > time ? Last : time;
            if (time <= asked && !(_before > time))
                _before = time;
        }
    }
}
