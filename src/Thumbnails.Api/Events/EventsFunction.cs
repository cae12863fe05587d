using System.Runtime.InteropServices;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Thumbnails.Api.Events;

/// <summary>
/// The program as the Lambda function that EventBridge invokes. It answers nothing; what it throws has Lambda deliver the
/// event again.
/// </summary>
internal static class EventsFunction
{
    // Enough to say in the log what was given up, before Lambda ends the process; which it does after 15 minutes at most.
    private static readonly TimeSpan BeforeDeadline = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(15);

    public static async Task RunEventsFunctionAsync(this IServiceProvider services)
    {
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        using var bootstrap = LambdaBootstrapBuilder.Create((payload, context) => HandleAsync(services, payload, context)).Build();
        await bootstrap.RunAsync(stop.Token);
    }

    private static async Task HandleAsync(IServiceProvider services, Stream payload, ILambdaContext context)
    {
        var time = (context.RemainingTime - BeforeDeadline).Ticks;
        using var deadline = new CancellationTokenSource(TimeSpan.FromTicks(Math.Clamp(time, 0, Longest.Ticks)));
        var received = await EventBridge.ReadAsync(payload, deadline.Token);
        await services.GetRequiredService<EventDispatcher>().DispatchAsync(received, deadline.Token);
    }
}
