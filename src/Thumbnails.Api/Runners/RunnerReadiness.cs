using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Runners;

internal sealed class RunnerReadiness(ITaskRunner runner) : IReadinessCheck
{
    public string Name => "runner";

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        try
        {
            await runner.CheckAsync(cancellationToken);
            return null;
        }
        catch (RunnerUnavailableException exception)
        {
            return exception.Message;
        }
    }
}
