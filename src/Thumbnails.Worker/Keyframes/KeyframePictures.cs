using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Keyframes;

/// <summary>
/// Makes pictures of several keyframes of an MP4 file with one ffmpeg. A process for each would have to load the index and, because
/// frames may be reordered, to decode the following keyframes too. Whatever is not plain is left to <see cref="FrameExtractor"/>.
/// </summary>
internal sealed class KeyframePictures(MediaTools tools, FrameExtractor extractor, VideoSource source, ProbedVideo video)
{
    // Bounds the memory for the pictures of one run.
    private const int MaxFrames = 32;
    private const long MaxPixels = 32_000_000;

    private static readonly MediaInput Clip = new("pipe:0", "pipe");

    /// <summary>Divides requests, in order of their positions, into those whose pictures can be made together.</summary>
    /// <param name="requests">The requests.</param>
    /// <param name="parallelism">The number of groups that are made at the same time.</param>
    public IEnumerable<FrameRequest[]> Group(IReadOnlyList<FrameRequest> requests, int parallelism)
    {
        var most = Math.Min(MaxFrames, MaxPixels / ((long)video.Info.Width * video.Info.Height));
        var alike = requests.Where(CanShare).GroupBy(request => (request.OutputName.Format, request.Width, request.Height, request.Fit, request.Quality));
        return
        [
            .. alike.SelectMany(group => group.Chunk((int)Math.Max(1, Math.Min(most, group.Count() / parallelism)))),
            .. requests.Where(request => !CanShare(request)).Select(request => new[] { request }),
        ];
    }

    /// <summary>Makes the pictures of a group.</summary>
    /// <returns>A picture for each request; null for those that have to be made one by one.</returns>
    public async Task<IReadOnlyList<Picture?>> MakeAsync(IReadOnlyList<FrameRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            var times = requests.Select(request => video.Start + request.Position.In(video.Duration!.Value)!.Value).ToList();
            var found = await KeyframePacket.FindAsync(tools, video, times, cancellationToken);
            // A seek goes by the time of decoding, so it may lead to a keyframe that is shown only later.
            var packets = found?.Zip(times, (packet, time) => packet?.Time <= time ? packet : null).ToList() ?? [];
            List<KeyframePacket> distinct = [.. packets.OfType<KeyframePacket>().Distinct()];
            if (distinct.Count == 0 || await KeyframeClip.CreateAsync(source, distinct, cancellationToken) is not { } clip)
                return None(requests);
            var pictures = await MakeAsync(clip, requests[0], distinct, cancellationToken);
            return [.. packets.Select(packet => packet is null ? null : pictures[distinct.IndexOf(packet)])];
        }
        catch (Exception exception) when (exception is JobFailedException or MediaOutputTooLargeException or StorageException or IOException or InvalidDataException)
        {
            // Explained when the pictures are made one by one.
            return None(requests);
        }
    }

    private async Task<Picture?[]> MakeAsync(
        KeyframeClip clip, FrameRequest request, List<KeyframePacket> packets, CancellationToken cancellationToken)
    {
        // One thread, because errors must not be attributed to other frames.
        var plan = new ExtractionPlan(null, FrameChoice.Keyframes, video.Traits, 1);
        var attempt = await extractor.RunAsync(
            video with { Input = Clip, StreamIndex = 0 }, plan, FrameOutput.Picture(request, video.Traits), clip.WriteAsync, cancellationToken);
        var (decoded, encoded) = (attempt.Report.Decoded, attempt.Report.Encoded);
        if (attempt.Exit.Code != 0 || attempt.Report.HasErrors || decoded.Count != packets.Count || encoded.Count != packets.Count)
            return None(packets);
        var pictures = PictureSplitter.Split(attempt.Exit.Output, request.OutputName.Format);
        return pictures.Count == packets.Count ? [.. packets.Select(PictureOf)] : None(packets);

        Picture? PictureOf(KeyframePacket packet, int index)
        {
            var (time, traits) = (TimeSpan.FromSeconds(index), decoded[index].Traits);
            return decoded[index].Time == time && encoded[index].Time == time && !traits.NeedsDeinterlacing
                && FrameOutput.Picture(request, traits).IsSame(attempt.Output)
                ? new Picture(pictures[index], encoded[index].Traits.Width, encoded[index].Traits.Height, packet.Time - video.Start)
                : null;
        }
    }

    private bool CanShare(FrameRequest request) =>
        video is { IsMp4: true, HasStart: true, Traits.NeedsDeinterlacing: false }
        && request is { Accuracy: Accuracy.Keyframe, Position.IsAuto: false, Enlarge: false, Fit: not Fit.Pad }
        && request.Position.In(video.Duration ?? TimeSpan.Zero) <= video.Duration;

    private static Picture?[] None<T>(IReadOnlyList<T> items) => new Picture?[items.Count];
}
