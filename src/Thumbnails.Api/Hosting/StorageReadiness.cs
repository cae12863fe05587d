using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

internal sealed class StorageReadiness(IObjectStore store) : IReadinessCheck
{
    public string Name => "storage";

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.CheckAsync(cancellationToken);
            return null;
        }
        catch (StorageException exception)
        {
            return exception.Message;
        }
    }
}
