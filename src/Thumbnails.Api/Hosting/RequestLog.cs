using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// One line of compact JSON for each request, with its id, its trace's and, where there is one, its job's. The query is never
/// logged: it holds the signatures of addresses.
/// </summary>
internal static class RequestLog
{
    // With a logger of its own: the static one of Serilog would end for every host of a process with the first of them.
    public static IServiceCollection AddRequestLog(this IServiceCollection services) => services.AddSerilog(
        log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .Filter.ByExcluding(line => line.Exception is { } exception && Listening.IsUnusable(exception))
            .WriteTo.Console(new RenderedCompactJsonFormatter()),
        preserveStaticLogger: true);

    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, exception) => exception is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
            : context.Request.Path.StartsWithSegments("/healthz") ? LogEventLevel.Debug
            : LogEventLevel.Information;
        // As in the other lines of the request. In Lambda it is the invocation's, which Lambda's own lines have too.
        options.EnrichDiagnosticContext = (line, context) => line.Set("RequestId", context.TraceIdentifier);
    });

    /// <summary>Puts the job's id into the request's line.</summary>
    public static void JobId(HttpContext context, JobId id) =>
        context.RequestServices.GetRequiredService<IDiagnosticContext>().Set("JobId", id.ToString());
}
