using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Logs one line of compact JSON for each request, with its id, its trace id and any job id. The query is never logged, because
/// it contains the signatures of presigned URLs, and neither are the tokens of storyboards.
/// </summary>
internal static class RequestLog
{
    // Each host has its own logger: disposing Serilog's static logger would affect every host in the process.
    public static IServiceCollection AddRequestLog(this IServiceCollection services) => services.AddSerilog(
        log => log
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            .Filter.ByExcluding(line => line.Exception is { } exception && Listening.IsUnusable(exception))
            .Enrich.With(new ViewTokenRedaction())
            .WriteTo.Console(new RenderedCompactJsonFormatter()),
        preserveStaticLogger: true);

    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(options =>
    {
        options.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        options.GetLevel = (context, _, exception) => exception is not null || context.Response.StatusCode >= 500 ? LogEventLevel.Error
            : context.Request.Path.StartsWithSegments("/healthz") ? LogEventLevel.Debug
            : LogEventLevel.Information;
        // The same id as in the request's other lines. In Lambda it is the invocation's id, which Lambda logs too.
        options.EnrichDiagnosticContext = (line, context) => line.Set("RequestId", context.TraceIdentifier);
    });

    /// <summary>Adds the job's id to the log line of the request.</summary>
    public static void JobId(HttpContext context, JobId id) =>
        context.RequestServices.GetRequiredService<IDiagnosticContext>().Set("JobId", id.ToString());
}
