using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Storyboards;

/// <summary>
/// Starts readers of tiles with the actual properties of the first frame, which can differ from those in the container.
/// </summary>
internal sealed class TileReaders(MediaTools tools, ProbedVideo video, StoryboardPlan plan, int threads)
{
    private const int MaxAttempts = 3;

    /// <summary>Starts the reader of all tiles and reads the first one.</summary>
    public async Task<(TileReader Reader, TileFrame First)> BeginAsync(int width, CancellationToken cancellationToken)
    {
        var (traits, origin) = (video.Traits, video.Start);
        for (var attempt = 1; ; attempt++)
        {
            var run = new TileRun(null, origin, 0, plan.Tiles - 1, video.IsSeekable, TileFormat.Of(width, traits), traits);
            var reader = Start(run, cancellationToken);
            var frame = await reader.ReadAsync(cancellationToken);
            if (attempt == MaxAttempts || reader.First is not { } first || IsAsAssumed(run, first, width))
                return (reader, frame);
            await reader.DisposeAsync();
            traits = first.Traits;
            if (!video.HasStart)
                origin = first.Time;
        }
    }

    public TileReader Start(TileRun run, CancellationToken cancellationToken) => new(tools, video, plan, run, threads, cancellationToken);

    private bool IsAsAssumed(TileRun run, Sighting first, int width) =>
        (video.HasStart || first.Time == run.Origin) && TileFormat.Of(width, first.Traits) == run.Format && run.Fits(first.Traits);
}
