using System.Runtime.InteropServices;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Thumbnails.Api.Events;

/// <summary>
/// The program as the Lambda function that EventBridge invokes. It returns nothing; an exception makes Lambda deliver the
/// event again.
/// </summary>
internal static class EventsFunction
{
    // A tick comes every minute and leaves work over its budget to the next one, so that it ends before Lambda's deadline.
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(50), BeforeDeadline = TimeSpan.FromSeconds(20);

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
        using var budget = new CancellationTokenSource(TimeSpan.FromTicks(Math.Clamp(time, 0, Budget.Ticks)));
        var received = await EventBridge.ReadAsync(payload, CancellationToken.None);
        await services.GetRequiredService<EventDispatcher>().DispatchAsync(received, budget.Token);
    }
}
