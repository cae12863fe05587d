using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

[Description("Whether the service can work.")]
internal sealed record HealthResponse
{
    [Description("ok, or unavailable.")]
    public required string Status { get; init; }

    [Description("What was looked at, and what is wrong with it.")]
    public IReadOnlyDictionary<string, string>? Checks { get; init; }
}

internal static class Health
{
    private const string Ok = "ok", Unavailable = "unavailable";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("").WithTags("Health");
        health.MapGet("/healthz", () => TypedResults.Ok(new HealthResponse { Status = Ok }))
            .WithName("Liveness")
            .WithSummary("Tell whether the process lives");
        health.MapGet("/readyz", ReadyAsync)
            .WithName("Readiness")
            .WithSummary("Tell whether the store and the runner can be reached")
            .WithDescription("Answers 503, naming what is wrong, when they cannot.")
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(IObjectStore store, ITaskRunner runner, CancellationToken cancellationToken)
    {
        var checks = new Dictionary<string, string>
        {
            ["storage"] = await CheckAsync(() => store.CheckAsync(cancellationToken)),
            ["runner"] = await CheckAsync(() => runner.CheckAsync(cancellationToken)),
        };
        var ready = checks.Values.All(check => check == Ok);
        return TypedResults.Json(
            new HealthResponse { Status = ready ? Ok : Unavailable, Checks = checks },
            ApiJson.Default.HealthResponse,
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string> CheckAsync(Func<Task> check)
    {
        try
        {
            await check();
            return Ok;
        }
        catch (Exception exception) when (exception is StorageException or RunnerUnavailableException)
        {
            return exception.Message;
        }
    }
}
