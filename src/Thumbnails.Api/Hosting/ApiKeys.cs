using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Serilog;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Requires one of the configured API keys in <c>X-Api-Key</c> or, in Lambda, a caller that API Gateway has authorized.
/// </summary>
internal static class ApiKeys
{
    public const string Header = "X-Api-Key";

    private const string CallerItem = "Caller";

    /// <summary>Groups the endpoints that require a key when keys are configured.</summary>
    public static RouteGroupBuilder MapForCallers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        group.WithMetadata(new ForCallers(KestrelSetup.MaxBody)).ProducesProblems(
            RequestErrorCode.Unauthorized, RequestErrorCode.TooManyRequests, RequestErrorCode.InternalError, RequestErrorCode.StorageUnavailable);
        return group;
    }

    // Runs before the request body is read.
    public static IApplicationBuilder UseCallers(this IApplicationBuilder app, AuthSettings settings) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ForCallers>() is not null)
            Check(context, settings);
        return next(context);
    });

    private static void Check(HttpContext context, AuthSettings settings)
    {
        // API Gateway has open routes, for the page. They must not lead anywhere else, however a path is encoded.
        if (settings.IsBehindGateway && !context.IsAuthorizedByGateway())
            throw new ApiException(RequestErrorCode.Unauthorized, "The request has neither a token nor a signature. Send one that the gateway accepts.");
        if (settings.ApiKeys.Count == 0)
            return;
        var caller = CallerOf(context.Request.Headers[Header].ToString(), settings)
            ?? throw new ApiException(RequestErrorCode.Unauthorized, $"The header {Header} is missing or invalid. Send a valid API key.");
        context.Items[CallerItem] = caller;
        context.RequestServices.GetRequiredService<IDiagnosticContext>().Set("Caller", caller);
    }

    /// <summary>
    /// Returns the name of the caller that the API key or the gateway identified; null when callers are anonymous.
    /// </summary>
    public static string? Caller(this HttpContext context) => context.Items[CallerItem] as string ?? context.GatewayCaller();

    // Looked up by its hash, so that no comparison depends on the key itself.
    private static string? CallerOf(string key, AuthSettings settings) => key.Length == 0
        ? null
        : settings.ApiKeys.GetValueOrDefault(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));

    // Not every server limits the size of bodies itself.
    private sealed record ForCallers(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
