using System.Security.Cryptography;
using System.Text;
using Serilog;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Hosting;

/// <summary>Lets only callers in who send a key that the settings know, as <c>X-Api-Key</c>.</summary>
internal static class ApiKeys
{
    public const string Header = "X-Api-Key";

    private const string CallerItem = "Caller";

    /// <summary>The endpoints for callers; open to everyone when no keys are set.</summary>
    public static RouteGroupBuilder MapForCallers(this IEndpointRouteBuilder routes, AuthSettings settings)
    {
        var group = routes.MapGroup("");
        if (settings.ApiKeys.Count > 0)
        {
            group.AddEndpointFilter(async (context, next) =>
            {
                var caller = CallerOf(context.HttpContext.Request.Headers[Header].ToString(), settings)
                    ?? throw new RequestException(RequestErrorCode.Unauthorized, $"The header {Header} is missing or wrong.");
                context.HttpContext.Items[CallerItem] = caller;
                context.HttpContext.RequestServices.GetRequiredService<IDiagnosticContext>().Set("Caller", caller);
                return await next(context);
            });
        }

        return group;
    }

    /// <summary>The name of the caller whose key came with the request; null when no keys are asked for.</summary>
    public static string? Caller(this HttpContext context) => context.Items[CallerItem] as string;

    // By its hash, so that nothing compares a key itself.
    private static string? CallerOf(string key, AuthSettings settings) =>
        settings.ApiKeys.GetValueOrDefault(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}
