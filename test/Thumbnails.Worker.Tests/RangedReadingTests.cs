using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;
using Thumbnails.Worker.Running;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Tests;

/// <summary>Of a remote video, only what a frame requires is fetched.</summary>
public sealed class RangedReadingTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const int Gop = 5 * 250_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("index-behind.mp4", "")]
    [InlineData("index-before.mp4", "-movflags +faststart")]
    [InlineData("index.mkv", "")]
    public async Task One_frame_reads_only_the_index_and_two_groups_of_pictures(string name, string arguments)
    {
        var clip = await clips.GetAsync(name, path => CreateAsync(path, arguments));
        await using var file = new CountedFile(clip);
        await using var source = VideoSource.Of(file);
        var job = new VideoProcessor(Pictures.Tools, source, new FolderPictures(_folder.Path), null, new StepLog(TextWriter.Null, TimeProvider.System));
        var frames = (await job.RunAsync(new VideoRequests([Pictures.Request("1:57")]), CancellationToken.None)).Frames;

        Assert.Null(frames[0].Error);
        Assert.Equal(117, frames[0].Position);
        Assert.InRange(file.Length, 20 * Gop, long.MaxValue);
        Assert.InRange(job.BytesRead!.Value, 1, 2 * Gop);
        Assert.Equal(file.BytesRead, job.BytesRead);
    }

    [Fact]
    public async Task Keyframes_read_the_index_and_little_else()
    {
        var clip = await clips.GetAsync("index-before.mp4", path => CreateAsync(path, "-movflags +faststart"));
        await using var file = new CountedFile(clip);
        await using var source = VideoSource.Of(file);
        var job = new VideoProcessor(Pictures.Tools, source, new FolderPictures(_folder.Path), null, new StepLog(TextWriter.Null, TimeProvider.System));
        var requests = Enumerable.Range(0, 12).Select(i => Pictures.Request($"{10 * i + 4}", $"{i}.jpg") with { Accuracy = Accuracy.Keyframe });
        var frames = (await job.RunAsync(new VideoRequests([.. requests]), CancellationToken.None)).Frames;

        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double?)(10 * i)), frames.Select(frame => frame.Position));
        Assert.InRange(job.BytesRead!.Value, 1, 12 * Gop / 3);
    }

    // Two minutes at 2 Mbit/s with a keyframe every five seconds.
    private async Task<string> CreateAsync(string path, string arguments)
    {
        var loop = await clips.GetAsync("loop.mp4", async start =>
        {
            await Ffmpeg.RunAsync(
                "-f lavfi -i testsrc2=s=640x360:r=25:d=5 -vf noise=alls=30:allf=t -c:v libx264 -preset ultrafast -g 125 -sc_threshold 0 -bf 0 -b:v 2M -maxrate 2M -bufsize 2M -pix_fmt yuv420p", start);
            return start;
        });
        await Ffmpeg.RunAsync($"-stream_loop 23 -i {loop} -c copy {arguments}", path);
        return path;
    }

    private sealed class CountedFile(string path) : IRangedObject, IAsyncDisposable
    {
        private readonly FileStream _file = File.OpenRead(path);
        private long _bytesRead;

        public long Length => _file.Length;

        public long BytesRead => Interlocked.Read(ref _bytesRead);

        public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
        {
            var bytes = new byte[count];
            var read = await RandomAccess.ReadAsync(_file.SafeFileHandle, bytes, offset, cancellationToken);
            Interlocked.Add(ref _bytesRead, read);
            return bytes;
        }

        public ValueTask DisposeAsync() => _file.DisposeAsync();
    }
}
