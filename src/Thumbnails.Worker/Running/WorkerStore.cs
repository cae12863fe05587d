using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Running;

/// <summary>A store that also opens videos for ffmpeg.</summary>
internal abstract class WorkerStore
{
    // Long enough to upload a picture of tens of megabytes.
    private static readonly TimeSpan S3Timeout = TimeSpan.FromSeconds(60);

    public abstract IObjectStore Objects { get; }

    /// <returns>Null when the video does not exist.</returns>
    public abstract Task<VideoSource?> OpenVideoAsync(ObjectKey key, CancellationToken cancellationToken);

    public static WorkerStore Open(StoreLocation location, TimeProvider clock) => location switch
    {
        StoreLocation.Folder folder => OpenFiles(folder.Path, clock),
        StoreLocation.Bucket bucket => new S3(new S3ObjectStore(S3Clients.Create(S3Timeout), bucket.Name)),
        _ => throw new ArgumentOutOfRangeException(nameof(location)),
    };

    private static Files OpenFiles(string folder, TimeProvider clock)
    {
        var store = new FileObjectStore(folder, clock);
        store.RemoveLeftovers();
        return new Files(store);
    }

    private sealed class Files(FileObjectStore store) : WorkerStore
    {
        public override IObjectStore Objects => store;

        public override Task<VideoSource?> OpenVideoAsync(ObjectKey key, CancellationToken cancellationToken) =>
            Task.FromResult(store.PathOf(key) is { } path ? VideoSource.OfFile(path) : null);
    }

    private sealed class S3(S3ObjectStore store) : WorkerStore
    {
        public override IObjectStore Objects => store;

        public override async Task<VideoSource?> OpenVideoAsync(ObjectKey key, CancellationToken cancellationToken) =>
            await store.OpenRangedAsync(key, cancellationToken) is { } video ? VideoSource.Of(video) : null;
    }
}
