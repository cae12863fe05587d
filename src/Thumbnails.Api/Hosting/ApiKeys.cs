using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Serilog;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

/// <summary>Lets only callers in who send a key that the settings know, as <c>X-Api-Key</c>.</summary>
internal static class ApiKeys
{
    public const string Header = "X-Api-Key";

    private const string CallerItem = "Caller";

    /// <summary>The endpoints for callers: those that require a key, when the settings have any.</summary>
    public static RouteGroupBuilder MapForCallers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        group.WithMetadata(new ForCallers(KestrelSetup.MaxBody)).ProducesProblems(
            RequestErrorCode.Unauthorized, RequestErrorCode.TooManyRequests, RequestErrorCode.InternalError, RequestErrorCode.StorageUnavailable);
        return group;
    }

    // Before anything of a request is read.
    public static IApplicationBuilder UseApiKeys(this IApplicationBuilder app, AuthSettings settings) => settings.ApiKeys.Count == 0
        ? app
        : app.Use((context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<ForCallers>() is null)
                return next(context);
            var caller = CallerOf(context.Request.Headers[Header].ToString(), settings)
                ?? throw new ApiException(RequestErrorCode.Unauthorized, $"The header {Header} is missing or wrong.");
            context.Items[CallerItem] = caller;
            context.RequestServices.GetRequiredService<IDiagnosticContext>().Set("Caller", caller);
            return next(context);
        });

    /// <summary>
    /// The name of the caller whose key came with the request, or whom the gateway in front of it let in; null when nobody
    /// asks who calls.
    /// </summary>
    public static string? Caller(this HttpContext context) => context.Items[CallerItem] as string ?? context.GatewayCaller();

    // By its hash, so that nothing compares a key itself.
    private static string? CallerOf(string key, AuthSettings settings) => key.Length == 0
        ? null
        : settings.ApiKeys.GetValueOrDefault(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));

    // Not every server has a limit of its own for bodies.
    private sealed record ForCallers(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
