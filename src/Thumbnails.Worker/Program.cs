using System.Runtime.InteropServices;
using Thumbnails.Core.Workers;
using Thumbnails.Worker;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Running;

using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

var clock = TimeProvider.System;
var log = new StepLog(Console.Out, clock);
if (!WorkerEnvironment.TryRead(Environment.GetEnvironmentVariable, out var environment, out var faults))
{
    foreach (var fault in faults)
        log.Failure("bad environment", fault);
    return WorkerContract.BadEnvironment;
}

var tools = MediaTools.Find(Environment.GetEnvironmentVariable);
try
{
    return environment switch
    {
        WorkerEnvironment.StoredJob job => await new StoredJobCommand(tools, log, clock).RunAsync(job, stop.Token),
        WorkerEnvironment.OneOffJob job => await new OneOffCommand(tools, log).RunAsync(job, stop.Token),
        _ => throw new InvalidOperationException(),
    };
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    // No result: the job is run again.
    log.Step("stopped before the job ended");
    return WorkerContract.RunAgain;
}
catch (Exception exception)
{
    log.Failure("crashed", exception.ToString());
    return WorkerContract.Failed;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
