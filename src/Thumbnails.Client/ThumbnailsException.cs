namespace Thumbnails.Client;

/// <summary>A request to the service or its store failed.</summary>
public sealed class ThumbnailsException : Exception
{
    internal ThumbnailsException(int status, Problem problem, TimeSpan? retryAfter = null)
        : base(MessageOf(problem)) =>
        (Status, Code, Errors, TraceId, RetryAfter) = (status, problem.Code ?? "unexpected_answer", problem.Errors ?? NoErrors, problem.TraceId, retryAfter);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The stable code, such as <c>video_not_found</c>; <c>unexpected_answer</c> when the response has none.</summary>
    public string Code { get; }

    /// <summary>The invalid members of the request, each with its errors.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; }

    /// <summary>The ID of the request, to find it in the service's log.</summary>
    public string? TraceId { get; }

    /// <summary>The delay that the service requested before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; }

    private static readonly Dictionary<string, string[]> NoErrors = [];

    private static string MessageOf(Problem problem) => string.Join(
        ' ', [problem.Detail ?? "The response did not come from the Thumbnails service. Check the URL.", .. (problem.Errors ?? NoErrors).Select(error => $"{error.Key} {string.Join(", ", error.Value)}.")]);
}

/// <summary>A problem response (RFC 9457).</summary>
internal sealed record Problem(string? Code, string? Detail, Dictionary<string, string[]>? Errors, string? TraceId);
