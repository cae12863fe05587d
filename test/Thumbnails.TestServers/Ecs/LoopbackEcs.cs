using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Thumbnails.TestServers.Ecs.Shapes;
using Thumbnails.TestServers.Ecs.Wire;

namespace Thumbnails.TestServers.Ecs;

/// <summary>
/// A strict Amazon ECS with Fargate on the loopback address, with the operations RunTask, DescribeTasks, StopTask and ListTasks. It
/// rejects whatever the API reference does not allow. Nothing happens by itself: tests advance the tasks and the clock.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html"/>
/// </summary>
public sealed partial class LoopbackEcs : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly EcsState _state;

    private readonly EcsEndpoint _endpoint;

    private LoopbackEcs(TimeProvider clock, string region)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _state = new EcsState(clock, region);
        _endpoint = new EcsEndpoint(_state, Faults);
        _app.Run(_endpoint.AnswerAsync);
    }

    /// <summary>The URL of the server, for <c>ServiceURL</c> or <c>AWS_ENDPOINT_URL_ECS</c>.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The faults to inject.</summary>
    public EcsFaults Faults { get; } = new();

    /// <summary>Every request whose operation could be determined, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _endpoint.Requests];

    /// <summary>Starts a server without clusters and task definitions.</summary>
    /// <param name="clock">The clock; null for the system's.</param>
    /// <param name="region">The region that requests must be signed for.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<LoopbackEcs> StartAsync(
        TimeProvider? clock = null, string region = "us-east-1", CancellationToken cancellationToken = default)
    {
        var server = new LoopbackEcs(clock ?? TimeProvider.System, region);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>
    /// The shapes of requests: for each operation <c>{type, required, members}</c> and so on, in the notation of AWS's service
    /// models, so that a test can compare them.
    /// </summary>
    public static JsonObject DescribeRequests() => new(
        Enum.GetValues<EcsOperation>().Select(operation =>
            KeyValuePair.Create(operation.ToString(), (JsonNode?)RequestShapes.Of(operation).Describe())));

    /// <summary>Creates a cluster.</summary>
    /// <param name="name">The name. Requests without a cluster use <c>default</c>.</param>
    /// <param name="defaultCapacityProvider">The default capacity provider. Without it, requests that name none are rejected.</param>
    /// <returns>The ARN of the cluster.</returns>
    public string CreateCluster(string name, string? defaultCapacityProvider = null)
    {
        lock (_state)
            return _state.AddCluster(name, defaultCapacityProvider).Arn;
    }

    /// <summary>Registers the next revision of a task definition.</summary>
    public LoopbackTaskDefinition RegisterTaskDefinition(string family, params LoopbackContainerDefinition[] containers) =>
        RegisterTaskDefinition(family, definition => definition, containers);

    /// <summary>Registers the next revision of a task definition, modified by <paramref name="change"/>.</summary>
    public LoopbackTaskDefinition RegisterTaskDefinition(
        string family,
        Func<LoopbackTaskDefinition, LoopbackTaskDefinition> change,
        params LoopbackContainerDefinition[] containers)
    {
        lock (_state)
        {
            var definition = change(_state.AddDefinition(family, containers));
            _state.Replace(definition);
            return definition;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
