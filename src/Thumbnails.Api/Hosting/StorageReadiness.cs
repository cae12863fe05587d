using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

internal sealed partial class StorageReadiness(IObjectStore store, ILogger<StorageReadiness> logger) : IReadinessCheck
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
            // Anyone may read the message, so the details go to the log.
            LogUnavailable(exception);
            return exception.Message;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store is not available")]
    private partial void LogUnavailable(Exception exception);
}
