
namespace Thumbnails.Api.Problems;

/// <summary>A request is refused.</summary>
/// <param name="code">The stable code.</param>
/// <param name="detail">For people; when it is not given, what the code means in general.</param>
internal sealed class ApiException(RequestErrorCode code, string? detail = null) : Exception(detail ?? ProblemCatalog.Meaning(code))
{
    public RequestErrorCode Code { get; } = code;

    /// <summary>What is wrong with which part of the request.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
