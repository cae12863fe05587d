using System.Diagnostics;
using Thumbnails.TestServers.Lambda;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Benchmarks;

/// <summary>The published API as a Lambda function. It presigns URLs offline, so it needs no AWS account.</summary>
internal sealed class Function : IAsyncDisposable
{
    private readonly Process _process;

    private Function(LoopbackLambda lambda, Process process) => (Lambda, _process) = (lambda, process);

    public LoopbackLambda Lambda { get; }

    public static async Task<Function> StartAsync(string artifacts) => Start(artifacts, await LoopbackLambda.StartAsync());

    public static Function Start(string artifacts, LoopbackLambda lambda)
    {
        var start = new ProcessStartInfo(Path.Combine(artifacts, "api", "Thumbnails.Api")) { RedirectStandardOutput = true };
        foreach (var (name, value) in lambda.Environment.Concat(PublishedService.AwsSettings))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        return new Function(lambda, process);
    }

    public async Task SendAsync(HttpApiEvent request, int status)
    {
        var response = await Lambda.SendAsync(request);
        if (response.Status != status)
            throw new InvalidOperationException(response.Text);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await Lambda.DisposeAsync();
    }
}
