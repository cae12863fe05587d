using System.Collections.Concurrent;
using System.Diagnostics;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Keyframes;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Previews;
using Thumbnails.Worker.Sources;
using Thumbnails.Worker.Storage;
using Thumbnails.Worker.Storyboards;

namespace Thumbnails.Worker.Running;

/// <summary>
/// Makes everything that is requested of one video: probes it once, runs one ffmpeg for each frame, or group of keyframes, in
/// order of position, at most one per core at a time, then makes the storyboard and the preview. One failure does not affect the rest.
/// </summary>
/// <param name="tools">The paths of ffmpeg and ffprobe.</param>
/// <param name="source">The video.</param>
/// <param name="pictures">The destination of pictures.</param>
/// <param name="objects">The destination of storyboards and previews; null if none will be requested.</param>
/// <param name="log">The log.</param>
internal sealed class VideoProcessor(MediaTools tools, VideoSource source, IPictureSink pictures, JobObjects? objects, StepLog log)
{
    private static readonly int Cores = Environment.ProcessorCount;

    private long _probeMs;
    private long _extractMs;
    private long _uploadMs;

    /// <summary>The properties of the video; null until it has been probed.</summary>
    public VideoInfo? Video { get; private set; }

    /// <summary>The number of bytes of the video that were fetched; null for a local file.</summary>
    public long? BytesRead => source.BytesRead;

    public WorkerTimings Timings => new(_probeMs, _extractMs, Interlocked.Read(ref _uploadMs));

    /// <exception cref="JobFailedException">Nothing can be made of this video.</exception>
    public async Task<VideoResults> RunAsync(VideoRequests requests, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var extractor = new FrameExtractor(tools, Cores);
        try
        {
            var probing = ProbeAsync(requests, cancellationToken);
            if (requests.Frames is [var only])
                extractor.StartEarly(source.Input, only, cancellationToken);
            var video = await probing;
            watch.Restart();
            var frames = await MakeFramesAsync(requests.Frames, video, extractor, cancellationToken);
            var storyboard = requests.Storyboard is { } request ? await MakeAsync(request, video, extractor, cancellationToken) : null;
            var preview = requests.Preview is { } animation ? await MakeAsync(animation, video, cancellationToken) : null;
            return new VideoResults(frames, storyboard, preview);
        }
        catch (JobFailedException exception)
        {
            throw Explained(exception);
        }
        finally
        {
            _extractMs = watch.ElapsedMilliseconds;
        }
    }

    private async Task<ProbedVideo> ProbeAsync(VideoRequests requests, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var probe = new VideoProbe(tools);
        var video = await probe.RunAsync(source.Input, cancellationToken);
        if (video.Duration is null && requests.NeedDuration)
            video = await probe.MeasureDurationAsync(video, cancellationToken);
        _probeMs = watch.ElapsedMilliseconds;
        Video = video.Info;
        log.Step(
            "probed", ("Ms", _probeMs), ("Codec", video.Info.Codec), ("Width", video.Info.Width), ("Height", video.Info.Height), ("Duration", video.Info.Duration));
        return video;
    }

    private async Task<IReadOnlyList<FrameResult>> MakeFramesAsync(
        IReadOnlyList<FrameRequest> requests, ProbedVideo video, FrameExtractor extractor, CancellationToken cancellationToken)
    {
        var frame = new FrameProcessor(extractor, new RepresentativeFrame(extractor, Cores), pictures, video);
        var keyframes = new KeyframePictures(tools, extractor, source, video);
        var results = new ConcurrentDictionary<OutputName, FrameResult>();
        var order = requests.OrderBy(request => request.Position.In(video.Duration ?? TimeSpan.Zero)).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Cores, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(keyframes.Group(order, Cores), options, async (group, token) =>
        {
            var made = group.Length > 1 ? await keyframes.MakeAsync(group, token) : [null];
            foreach (var (request, picture) in group.Zip(made))
                results[request.OutputName] = await RunAsync(frame, video, request, picture, token);
        });
        return [.. requests.Select(request => results[request.OutputName])];
    }

    private async Task<StoryboardResult> MakeAsync(
        StoryboardRequest request, ProbedVideo video, FrameExtractor extractor, CancellationToken cancellationToken)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            var result = await new StoryboardMaker(tools, objects!, log, Cores).RunAsync(request, video, extractor, cancellationToken);
            log.Step("storyboard stored", ("Name", request.Name), ("Tiles", result.Tiles), ("FailedTiles", result.FailedTiles), ("Ms", watch.ElapsedMilliseconds));
            return result;
        }
        catch (JobFailedException failure)
        {
            var exception = Explained(failure);
            log.Failure("storyboard failed", exception.Detail, ("Name", request.Name), ("Code", SnakeCase.Of(exception.Error.Code)));
            return new StoryboardResult { Error = exception.Error };
        }
    }

    private async Task<PreviewResult> MakeAsync(PreviewRequest request, ProbedVideo video, CancellationToken cancellationToken)
    {
        try
        {
            var watch = Stopwatch.StartNew();
            var result = await new PreviewMaker(tools, objects!, Cores).RunAsync(request, video, cancellationToken);
            log.Step("preview stored", ("OutputName", request.OutputName), ("Frames", result.FrameCount), ("Bytes", result.SizeBytes), ("Ms", watch.ElapsedMilliseconds));
            return result;
        }
        catch (JobFailedException failure)
        {
            var exception = Explained(failure);
            log.Failure("preview failed", exception.Detail, ("OutputName", request.OutputName), ("Code", SnakeCase.Of(exception.Error.Code)));
            return new PreviewResult { Error = exception.Error };
        }
    }

    private async Task<FrameResult> RunAsync(
        FrameProcessor frame, ProbedVideo video, FrameRequest request, Picture? made, CancellationToken cancellationToken)
    {
        var result = new FrameResult { OutputName = request.OutputName };
        try
        {
            var watch = Stopwatch.StartNew();
            var picture = await frame.ExtractAsync(request, made, cancellationToken);
            log.Step("extracted", ("OutputName", request.OutputName), ("Position", picture.Position.TotalSeconds), ("Ms", watch.ElapsedMilliseconds));
            watch.Restart();
            await frame.StoreAsync(request, picture, cancellationToken);
            Interlocked.Add(ref _uploadMs, watch.ElapsedMilliseconds);
            log.Step("stored", ("OutputName", request.OutputName), ("Bytes", picture.Content.Length), ("Ms", watch.ElapsedMilliseconds));
            return result with
            {
                Position = picture.Position.TotalSeconds,
                Adjustment = picture.Adjustment,
                Width = picture.Width,
                Height = picture.Height,
                SizeBytes = picture.Content.Length,
                Warning = video.Warning,
            };
        }
        catch (JobFailedException failure)
        {
            var exception = Explained(failure);
            log.Failure("frame failed", exception.Detail, ("OutputName", request.OutputName), ("Code", SnakeCase.Of(exception.Error.Code)));
            return result with { Error = exception.Error };
        }
    }

    // To ffmpeg, an unresponsive store looks like a damaged video.
    private JobFailedException Explained(JobFailedException exception) => source.Failure is null || exception.Error.Code != JobErrorCode.VideoUnreadable
        ? exception
        : new JobFailedException(JobErrorCode.StorageUnavailable, "The video could not be read from where it is.", source.Failure.ToString());
}
