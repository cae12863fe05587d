using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Thumbnails.Api.Hosting;

[Description("The health of the service.")]
internal sealed record HealthResponse
{
    [Description("ok or unavailable.")]
    public required string Status { get; init; }

    [Description("The checks, each with ok or the reason for its failure. Null for liveness.")]
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
            .WithDescription("Reports whether storage and the runner can be reached. Returns 503 with the reason if they cannot.")
            .Produces<HealthResponse>()
            .Produces<HealthResponse>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<JsonHttpResult<HealthResponse>> ReadyAsync(IEnumerable<IReadinessCheck> checks, CancellationToken cancellationToken)
    {
        var faults = await Task.WhenAll(checks.Select(async check => (check.Name, Fault: await check.FindFaultAsync(cancellationToken))));
        var ready = faults.All(check => check.Fault is null);
        return TypedResults.Json(
            new HealthResponse { Status = ready ? Ok : Unavailable, Checks = faults.ToDictionary(check => check.Name, check => check.Fault ?? Ok) },
            ApiJson.Default.HealthResponse,
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
