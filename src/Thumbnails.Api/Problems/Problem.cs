using System.ComponentModel;
using System.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Problems;

[Description("Why a request was refused (RFC 9457).")]
internal sealed record Problem
{
    public const string ContentType = "application/problem+json";

    [Description("Names the kind of problem: urn:thumbnails:problem: and the code.")]
    public required string Type { get; init; }

    [Description("The meaning of the status.")]
    public required string Title { get; init; }

    [Description("The HTTP status.")]
    public required int Status { get; init; }

    [Description("What is wrong, for people.")]
    public required string Detail { get; init; }

    [Description("What is wrong, for programs: one of a closed list that does not change.")]
    public required RequestErrorCode Code { get; init; }

    [Description("What is wrong with which part of the request.")]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("Finds this request in the log.")]
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
        return context.Response.WriteAsJsonAsync(this, ApiJson.Default.Problem, ContentType, context.RequestAborted);
    }
}
