using System.Text.Json;
using CliWrap;

namespace Thumbnails.Demo;

/// <summary>The service on a free port, with a folder of its own; both are gone afterwards.</summary>
internal sealed class LocalService : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("thumbnails-").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<Uri> _listening = new();
    private readonly List<string> _log = [];
    private Task _running = Task.CompletedTask;

    public Uri Address => _listening.Task.Result;

    public static async Task<LocalService> StartAsync(string api, string worker)
    {
        var service = new LocalService();
        service._running = Cli.Wrap(api)
            .WithEnvironmentVariables(new Dictionary<string, string?>
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["Storage__Root"] = service._root,
                ["Runner__WorkerPath"] = worker,
            })
            .WithStandardOutputPipe(PipeTarget.ToDelegate(service.Read))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(service.Read))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(CancellationToken.None, service._stop.Token);
        if (await Task.WhenAny(service._listening.Task, service._running) == service._running)
            throw new InvalidOperationException($"The service did not start:\n{string.Join('\n', service._log)}");
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    // The log is one JSON object a line; the first one with an address says where the service listens.
    private void Read(string line)
    {
        _log.Add(line);
        if (line.StartsWith('{') && JsonDocument.Parse(line).RootElement.TryGetProperty("address", out var address))
            _listening.TrySetResult(new Uri(address.GetString()!));
    }
}
