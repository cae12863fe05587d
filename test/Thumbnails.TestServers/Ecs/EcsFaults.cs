using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs;

/// <summary>The faults that the next calls of each operation meet, in order.</summary>
public sealed class EcsFaults
{
    private readonly ConcurrentDictionary<EcsOperation, ConcurrentQueue<Fault>> _queues = new();

    /// <summary>Rejects calls with <c>ThrottlingException</c>, "Rate exceeded".</summary>
    public void Throttle(EcsOperation operation, int times = 1) => Add(operation, new Fault.Refusal(EcsError.Throttled()), times);

    /// <summary>Fails calls with HTTP 500 and <c>ServerException</c>; they have no effect.</summary>
    public void ServerError(EcsOperation operation, int times = 1) => Add(operation, new Fault.Refusal(EcsError.Server()), times);

    /// <summary>Rejects calls with the given error.</summary>
    public void Error(EcsOperation operation, string type, string message, int status = 400, int times = 1) =>
        Add(operation, new Fault.Refusal(new EcsError(type, message, status)), times);

    /// <summary>Performs the call, then closes the connection without a response.</summary>
    public void CutConnection(EcsOperation operation, int times = 1) => Add(operation, new Fault.Cut(), times);

    /// <summary>Accepts a RunTask but starts nothing: returns HTTP 200 with these failures.</summary>
    public void RunTaskFailures(params EcsFailure[] failures) => Add(EcsOperation.RunTask, new Fault.Failures(failures), 1);

    /// <summary>Responds to a call with this JSON.</summary>
    public void Answer(EcsOperation operation, JsonNode json) => Add(operation, new Fault.Answer(json), 1);

    /// <summary>Delays a call, in real time. It has no effect if its caller disconnects in the meantime.</summary>
    public void Delay(EcsOperation operation, TimeSpan time, int times = 1) => Add(operation, new Fault.Delay(time), times);

    internal Fault? Take(EcsOperation operation) => Queue(operation).TryDequeue(out var fault) ? fault : null;

    private void Add(EcsOperation operation, Fault fault, int times)
    {
        for (var time = 0; time < times; time++)
            Queue(operation).Enqueue(fault);
    }

    private ConcurrentQueue<Fault> Queue(EcsOperation operation) => _queues.GetOrAdd(operation, _ => new());
}

internal abstract record Fault
{
    public sealed record Refusal(EcsError Error) : Fault;

    public sealed record Cut : Fault;

    public sealed record Failures(IReadOnlyList<EcsFailure> List) : Fault;

    public sealed record Answer(JsonNode Json) : Fault;

    public sealed record Delay(TimeSpan Time) : Fault;
}
