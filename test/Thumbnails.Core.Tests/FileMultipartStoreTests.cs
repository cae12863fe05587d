using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Core.Tests;

/// <summary>Multipart uploads of the file store: late, racing and interrupted requests.</summary>
public sealed class FileMultipartStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileObjectStore _store;

    public FileMultipartStoreTests() => _store = new FileObjectStore(_folder["root"], TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_part_that_arrives_after_completion_is_ignored()
    {
        var upload = new MultipartUpload(ObjectKey.Parse("videos/a"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        using var slow = new PausingStream([9, 9, 9]);
        var late = _store.PutPartAsync(new SignedPart(id, 1, 0), slow, default);
        var eTag = await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([1, 2, 3]), default);
        Assert.Equal(MultipartOutcome.Completed, await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag!)], default));
        slow.Resume();

        Assert.Null(await late);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_store.Root, ".store", "multipart")));
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Root, ".store", "tmp")));
    }

    [Fact]
    public async Task Racing_uploads_of_a_part_store_the_one_with_the_completed_ETag()
    {
        for (var round = 0; round < 20; round++)
        {
            var upload = new MultipartUpload(ObjectKey.Parse($"videos/{round}"), "video/mp4", 1_000_000, 1_000_000);
            var id = await _store.BeginAsync(upload, default);
            byte? winner = null;
            await Task.WhenAll(Enumerable.Range(1, 3).Select(value => Task.Run(async () =>
            {
                var content = new byte[upload.Length];
                content.AsSpan().Fill((byte)value);
                if (await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream(content), default) is { } eTag
                    && await _store.CompleteAsync(upload, id, [new UploadedPart(1, eTag)], default) == MultipartOutcome.Completed)
                    winner ??= (byte)value;
            })));

            Assert.NotNull(winner);
            Assert.DoesNotContain(await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!), value => value != winner);
        }
    }

    [Fact]
    public async Task An_interrupted_completion_can_be_repeated()
    {
        var upload = new MultipartUpload(ObjectKey.Parse("videos/a"), "video/mp4", 3, 3);
        var id = await _store.BeginAsync(upload, default);
        var part = new UploadedPart(1, (await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([1, 2, 3]), default))!);
        var folder = Path.Combine(_store.Root, ".store", "multipart", id);
        File.Move(Path.Combine(folder, "data"), Path.Combine(folder, "complete"));
        Assert.Null(await _store.PutPartAsync(new SignedPart(id, 1, 0), new MemoryStream([9, 9, 9]), default));

        Assert.Equal(MultipartOutcome.Completed, await _store.CompleteAsync(upload, id, [part], default));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(_store.PathOf(upload.Key)!));
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>A stream that returns its first byte, and the rest only after it is resumed.</summary>
    private sealed class PausingStream(byte[] content) : MemoryStream(content)
    {
        private readonly TaskCompletionSource _resumed = new();

        public void Resume() => _resumed.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > 0)
                await _resumed.Task;
            return await base.ReadAsync(Position > 0 ? buffer : buffer[..1], cancellationToken);
        }
    }
}
