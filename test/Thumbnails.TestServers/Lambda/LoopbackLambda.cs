using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Thumbnails.TestServers.Lambda.Wire;

namespace Thumbnails.TestServers.Lambda;

/// <summary>
/// Lambda's Runtime API on the loopback address, for one function in one execution environment. It accepts whatever the function
/// sends, and records in <see cref="Violations"/> what Lambda would have rejected.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"/>
/// </summary>
public sealed class LoopbackLambda : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly LambdaState _state;

    private LoopbackLambda(TimeProvider clock, bool snapStart)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _state = new LambdaState(clock, snapStart);
        _app.Run(new RuntimeEndpoint(_state).AnswerAsync);
    }

    /// <summary>The host and port, for <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string RuntimeApi => new Uri(_app.Urls.Single()).Authority;

    /// <summary>The variables that Lambda sets for a function's process.</summary>
    public IReadOnlyDictionary<string, string> Environment => FunctionVariables.Of(this, _state.IsSnapStart);

    /// <summary>Completes when the function has requested its first invocation.</summary>
    public Task Ready => _state.Ready.Task;

    /// <summary>Completes when the function has disconnected while it waited for an invocation.</summary>
    public Task Gone => _state.Gone.Task;

    /// <summary>Completes with the error when the function has reported that it cannot start.</summary>
    public Task<LambdaFunctionError> InitError => _state.InitError.Task;

    /// <summary>Every violation of the Runtime API's rules by the function.</summary>
    public IReadOnlyList<string> Violations => [.. _state.Violations];

    /// <summary>Starts a Runtime API without invocations.</summary>
    /// <param name="clock">The clock for deadlines; null for the system's.</param>
    /// <param name="snapStart">Whether the function is started for a snapshot; see <see cref="Restore"/>.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LoopbackLambda> StartAsync(
        TimeProvider? clock = null, bool snapStart = false, CancellationToken cancellationToken = default)
    {
        var server = new LoopbackLambda(clock ?? TimeProvider.System, snapStart);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>
    /// Invokes the function when it requests its next invocation, and waits for the outcome. An invocation without a timely response
    /// ends as Lambda ends it.
    /// </summary>
    public async Task<LambdaOutcome> InvokeAsync(
        string payload, LambdaInvocation? invocation = null, CancellationToken cancellationToken = default)
    {
        var pending = new PendingInvocation(Encoding.UTF8.GetBytes(payload), invocation ?? LambdaInvocation.Default);
        _state.Queue.Writer.TryWrite(pending);
        return await pending.Outcome.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Restores the function from its snapshot.</summary>
    public void Restore() => _state.Restored.TrySetResult();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
