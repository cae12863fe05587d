using System.Text.Json;
using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs.Tasks;

/// <summary>
/// A task that the server has started. Only tests advance it, through the statuses of
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html"/>.
/// </summary>
public sealed class LoopbackTask
{
    private readonly List<LoopbackContainer> _containers;

    private TaskStop? _stop;

    internal LoopbackTask(string arn, LoopbackTaskDefinition definition, TaskParameters parameters, DateTimeOffset now)
    {
        Arn = arn;
        Definition = definition;
        Parameters = parameters;
        CreatedAt = now;
        _containers = [.. definition.Containers.Select(container => new LoopbackContainer(container.Name, container.Image))];
    }

    /// <summary>The ARN, which ends with the task's id.</summary>
    public string Arn { get; }

    public LoopbackTaskDefinition Definition { get; }

    public string? StartedBy => Parameters.StartedBy;

    /// <summary>The <c>overrides</c> of the request, as sent.</summary>
    public JsonElement? Overrides => Parameters.Overrides;

    /// <summary>The containers: first those that were injected, then those of the task definition.</summary>
    public IReadOnlyList<LoopbackContainer> Containers => _containers;

    public string LastStatus { get; private set; } = "PROVISIONING";

    public string DesiredStatus => _stop is null ? "RUNNING" : "STOPPED";

    public string? StopCode => _stop?.Code;

    public string? StoppedReason => _stop?.Reason;

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset? PullStartedAt { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public DateTimeOffset? StoppingAt { get; private set; }

    public DateTimeOffset? ExecutionStoppedAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>The version, which increases with each change.</summary>
    public int Version { get; private set; } = 1;

    internal TaskParameters Parameters { get; }

    /// <summary>How many times DescribeTasks has requested it.</summary>
    internal int Describes { get; set; }

    /// <summary>Returns the environment variables of a container: those of the task definition, overridden by those of the request.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string container)
    {
        var definition = Definition.Containers.Single(item => item.Name == container);
        var environment = new Dictionary<string, string>(definition.Environment);
        foreach (var (name, value) in Parameters.EnvironmentOf(container))
            environment[name] = value;
        return environment;
    }

    /// <summary>Returns the task as ECS would describe it, with its tags.</summary>
    public JsonObject ToJson() => TaskJson.Of(this, withTags: true);

    internal void Inject(LoopbackContainer container)
    {
        _containers.Insert(0, container);
        Version++;
    }

    internal void BeginStop(TaskStop stop, DateTimeOffset now)
    {
        // The first stop of a task counts. The container's exit code is known only after it has exited.
        StoppingAt ??= now;
        _stop = _stop is null ? stop : stop with { Code = _stop.Code, Reason = _stop.Reason ?? stop.Reason };
        Version++;
    }

    internal void Advance(DateTimeOffset now)
    {
        if (LastStatus == "RUNNING" && _stop is null)
            BeginStop(TaskStop.Exited(0), now);
        LastStatus = Next();
        Version++;
        switch (LastStatus)
        {
            case "ACTIVATING":
                PullStartedAt = now;
                break;
            case "RUNNING":
                StartedAt = now;
                _containers.ForEach(container => container.Start());
                break;
            case "DEPROVISIONING":
                ExecutionStoppedAt = StartedAt is null ? null : now;
                _containers.ForEach(container => container.End(Definition, _stop!));
                break;
            case "STOPPED":
                StoppedAt = now;
                break;
        }
    }

    private string Next() => (LastStatus, _stop) switch
    {
        ("STOPPED", _) => throw new InvalidOperationException($"{Arn} is STOPPED already."),
        ("DEPROVISIONING", _) => "STOPPED",
        ("STOPPING", _) => "DEPROVISIONING",
        ("DEACTIVATING", _) => "STOPPING",
        ("RUNNING", _) => "DEACTIVATING",
        (_, not null) => "DEPROVISIONING",
        ("ACTIVATING", _) => "RUNNING",
        ("PENDING", _) => "ACTIVATING",
        _ => "PENDING",
    };
}
