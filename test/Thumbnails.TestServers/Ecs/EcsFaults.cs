using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs;

/// <summary>The faults of the next calls: for each operation, in order.</summary>
public sealed class EcsFaults
{
    private readonly ConcurrentDictionary<EcsOperation, ConcurrentQueue<Fault>> _queues = new();

    /// <summary>Refuses calls with <c>ThrottlingException</c>, "Rate exceeded".</summary>
    public void Throttle(EcsOperation operation, int times = 1) => Add(operation, new Fault.Refusal(EcsError.Throttled()), times);

    /// <summary>Fails calls with HTTP 500 and <c>ServerException</c>; they have no effect.</summary>
    public void ServerError(EcsOperation operation, int times = 1) => Add(operation, new Fault.Refusal(EcsError.Server()), times);

    /// <summary>Refuses calls with any error.</summary>
    public void Error(EcsOperation operation, string type, string message, int status = 400, int times = 1) =>
        Add(operation, new Fault.Refusal(new EcsError(type, message, status)), times);

    /// <summary>Does what is asked, and then cuts the connection instead of answering.</summary>
    public void CutConnection(EcsOperation operation, int times = 1) => Add(operation, new Fault.Cut(), times);

    /// <summary>Accepts a RunTask, starts nothing, and answers with HTTP 200 and these failures.</summary>
    public void RunTaskFailures(params EcsFailure[] failures) => Add(EcsOperation.RunTask, new Fault.Failures(failures), 1);

    /// <summary>Answers a call with this JSON, whatever it asked for.</summary>
    public void Answer(EcsOperation operation, JsonNode json) => Add(operation, new Fault.Answer(json), 1);

    /// <summary>Lets a call wait, in real time, before it is looked at; one whose caller goes away has no effect.</summary>
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
