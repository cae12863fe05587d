using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

[Description("The health of the service.")]
internal sealed record HealthResponse
{
    [Description("ok or unavailable.")]
    public required string Status { get; init; }

    [Description("What was checked, each with ok or what is wrong. Null when nothing was.")]
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
            .WithSummary("Check liveness")
            .WithDescription("Reports that the process is running, without checking anything else.");
        health.MapGet("/readyz", ReadyAsync)
            .WithName("Readiness")
            .WithSummary("Check readiness")
            .WithDescription("Reports whether storage and the runner can be reached. Returns 503 and names what is wrong when they cannot.")
            .Produces<HealthResponse>()
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
