
namespace Thumbnails.Api.Problems;

/// <summary>A request failed with a problem.</summary>
/// <param name="code">The stable code.</param>
/// <param name="detail">The text for users; null for the code's own text.</param>
internal sealed class ApiException(RequestErrorCode code, string? detail = null) : Exception(detail ?? ProblemCatalog.Meaning(code))
{
    public RequestErrorCode Code { get; } = code;

    /// <summary>The errors by request member.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
