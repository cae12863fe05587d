using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Thumbnails.TestServers.Ecs.Shapes;
using Thumbnails.TestServers.Ecs.Wire;

namespace Thumbnails.TestServers.Ecs;

/// <summary>
/// Amazon ECS with Fargate on the loopback address, for as much as RunTask, DescribeTasks, StopTask and ListTasks need. It
/// refuses whatever the reference does not allow, and does nothing by itself: tests move the tasks and the clock.
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

    /// <summary>Where it listens; for <c>ServiceURL</c> or <c>AWS_ENDPOINT_URL_ECS</c>.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>A fault.</summary>
    public EcsFaults Faults { get; } = new();

    /// <summary>Every request whose operation could be determined, in order of arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _endpoint.Requests];

    /// <summary>Starts a server without clusters and task definitions.</summary>
    /// <param name="clock">Its clock; the system's when none is given.</param>
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
    /// The shapes that requests must have: for each operation <c>{type, required, members}</c> and so on, in the terms of
    /// AWS's service models, so that a test can compare them.
    /// </summary>
    public static JsonObject DescribeRequests() => new(
        Enum.GetValues<EcsOperation>().Select(operation =>
            KeyValuePair.Create(operation.ToString(), (JsonNode?)RequestShapes.Of(operation).Describe())));

    /// <summary>Makes a cluster.</summary>
    /// <param name="name">Its name; <c>default</c> is the one of requests that name none.</param>
    /// <param name="defaultCapacityProvider">The default capacity provider; without it, requests that name none are rejected.</param>
    /// <returns>Its ARN.</returns>
    public string CreateCluster(string name, string? defaultCapacityProvider = null)
    {
        lock (_state)
            return _state.AddCluster(name, defaultCapacityProvider).Arn;
    }

    /// <summary>Makes the next revision of a family's task definition.</summary>
    public LoopbackTaskDefinition RegisterTaskDefinition(string family, params LoopbackContainerDefinition[] containers) =>
        RegisterTaskDefinition(family, definition => definition, containers);

    /// <summary>Makes the next revision of a family's task definition, changed as <paramref name="change"/> says.</summary>
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
