using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Problems;

[Description("Why a request failed (RFC 9457).")]
internal sealed record Problem
{
    public const string ContentType = "application/problem+json";

    [Description("The kind of problem: urn:thumbnails:problem: followed by the code.")]
    public required string Type { get; init; }

    [Description("The reason phrase of the HTTP status.")]
    public required string Title { get; init; }

    [Description("The HTTP status code.")]
    public required int Status { get; init; }

    [Description("What is wrong, for people.")]
    public required string Detail { get; init; }

    [Description("What is wrong, for programs: one of a stable list.")]
    public required RequestErrorCode Code { get; init; }

    [Description("What is wrong with each member, parameter or header of the request; null when there are no details.")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("Identifies this request in the logs.")]
    public string? TraceId { get; init; }

    public static Problem Of(RequestErrorCode code, string? detail = null, IReadOnlyDictionary<string, string[]>? errors = null, int? status = null)
    {
        status ??= ProblemCatalog.StatusOf(code);
        return new Problem
        {
            Type = $"urn:thumbnails:problem:{SnakeCase.Of(code)}",
            Title = ReasonPhrases.GetReasonPhrase(status.Value),
            Status = status.Value,
            Detail = detail ?? ProblemCatalog.Meaning(code),
            Code = code,
            Errors = errors,
            TraceId = Activity.Current?.TraceId.ToString(),
        };
    }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        // RFC 9110 requires a challenge in every 401 response. API keys have no registered scheme.
        if (Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "ApiKey";
        context.Response.ContentType = ContentType;
        // Sets Content-Length, so that simple clients need not decode chunks.
        var body = JsonSerializer.SerializeToUtf8Bytes(this, ApiJson.Default.Problem);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
