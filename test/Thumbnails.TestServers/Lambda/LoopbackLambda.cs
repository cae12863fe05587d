using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Thumbnails.TestServers.Lambda.Wire;

namespace Thumbnails.TestServers.Lambda;

/// <summary>
/// Lambda's Runtime API on the loopback address, for one function in one execution environment. It takes whatever the
/// function sends, and keeps in <see cref="Violations"/> what Lambda would not have taken.
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

    /// <summary>Host and port, for <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string RuntimeApi => new Uri(_app.Urls.Single()).Authority;

    /// <summary>The variables that Lambda sets for a function's process.</summary>
    public IReadOnlyDictionary<string, string> Environment => FunctionVariables.Of(this, _state.IsSnapStart);

    /// <summary>Ends when the function has asked for its first invocation.</summary>
    public Task Ready => _state.Ready.Task;

    /// <summary>Ends when the function has hung up while it waited for an invocation.</summary>
    public Task Gone => _state.Gone.Task;

    /// <summary>Ends, with what it was, when the function has said that it cannot start.</summary>
    public Task<LambdaFunctionError> InitError => _state.InitError.Task;

    /// <summary>Everything that the function did against the Runtime API's rules.</summary>
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
    /// Invokes the function as soon as it asks for an invocation, one after another, and waits for what becomes of it. An
    /// invocation that the function took and did not answer in time ends as Lambda ends it.
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
