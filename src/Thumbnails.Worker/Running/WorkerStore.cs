using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Running;

/// <summary>The store as a worker needs it: objects, and videos that ffmpeg can open.</summary>
internal abstract class WorkerStore
{
    // A picture of tens of megabytes must get through.
    private static readonly TimeSpan S3Timeout = TimeSpan.FromSeconds(60);

    public abstract IObjectStore Objects { get; }

    /// <summary>Null when there is no such video.</summary>
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
