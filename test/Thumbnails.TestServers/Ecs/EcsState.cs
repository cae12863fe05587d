using System.Globalization;
using System.Threading.Channels;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs;

/// <summary>The resources of an account in a region. All access holds the lock.</summary>
internal sealed class EcsState(TimeProvider clock, string region)
{
    private const string Account = "123456789012";

    // Documented as "at least one hour".
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Cluster> _clusters = [];

    private readonly List<LoopbackTaskDefinition> _definitions = [];

    private readonly List<LoopbackTask> _tasks = [];

    public string Region => region;

    public DateTimeOffset Now => clock.GetUtcNow();

    public ClientTokens Tokens { get; } = new();

    public TimeSpan MissingFor { get; set; }

    public int MissingDescribes { get; set; }

    public IReadOnlyList<LoopbackTask> Tasks => _tasks;

    public Channel<LoopbackTask> Started { get; } = Channel.CreateUnbounded<LoopbackTask>();

    public Cluster AddCluster(string name, string? defaultCapacityProvider) =>
        _clusters[name] = new Cluster(name, Arn($"cluster/{name}"), defaultCapacityProvider);

    public LoopbackTaskDefinition AddDefinition(string family, IReadOnlyList<LoopbackContainerDefinition> containers)
    {
        var revision = _definitions.Count(definition => definition.Family == family) + 1;
        var definition = new LoopbackTaskDefinition(Arn($"task-definition/{family}:{revision}"), family, revision, containers);
        _definitions.Add(definition);
        return definition;
    }

    public void Replace(LoopbackTaskDefinition definition) =>
        _definitions[_definitions.FindIndex(item => item.Arn == definition.Arn)] = definition;

    public LoopbackTask AddTask(Cluster cluster, LoopbackTaskDefinition definition, TaskParameters parameters)
    {
        var task = new LoopbackTask(Arn($"task/{cluster.Name}/{Guid.NewGuid():N}"), definition, parameters, Now);
        _tasks.Add(task);
        Started.Writer.TryWrite(task);
        return task;
    }

    /// <exception cref="EcsError">The cluster does not exist.</exception>
    public Cluster FindCluster(string? nameOrArn) =>
        _clusters.Values.FirstOrDefault(cluster => cluster.Name == (nameOrArn ?? "default") || cluster.Arn == nameOrArn)
        ?? throw new EcsError("ClusterNotFoundException", "Cluster not found.");

    /// <exception cref="EcsError">The task definition does not exist.</exception>
    public LoopbackTaskDefinition FindDefinition(string name) =>
        _definitions.LastOrDefault(definition => name == definition.Family || name == definition.Arn
            || name == string.Create(CultureInfo.InvariantCulture, $"{definition.Family}:{definition.Revision}"))
        ?? throw new EcsError("ClientException", "TaskDefinition not found.");

    public LoopbackTask? FindTask(Cluster cluster, string idOrArn) => _tasks.Find(task =>
        (task.Arn == idOrArn || task.Arn.Split('/')[^1] == idOrArn)
        && task.Parameters.ClusterArn == cluster.Arn
        && !IsForgotten(task));

    public bool IsForgotten(LoopbackTask task) => task.StoppedAt + Memory < Now;

    /// <summary>Returns whether the task is too new for DescribeTasks, which is eventually consistent.</summary>
    public bool IsStillMissing(LoopbackTask task) => task.Describes <= MissingDescribes || Now < task.CreatedAt + MissingFor;

    public string Arn(string resource) => $"arn:aws:ecs:{region}:{Account}:{resource}";
}

internal sealed record Cluster(string Name, string Arn, string? DefaultCapacityProvider);
