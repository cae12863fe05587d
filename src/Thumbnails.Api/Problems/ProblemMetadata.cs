
namespace Thumbnails.Api.Problems;

/// <summary>The codes with which an endpoint can answer, for its documentation.</summary>
internal sealed record ProblemMetadata(IReadOnlyList<RequestErrorCode> Codes);

internal static class ProblemMetadataExtensions
{
    /// <summary>Documents the codes of an endpoint; what every endpoint can answer is added.</summary>
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder builder, params RequestErrorCode[] codes)
    {
        RequestErrorCode[] all = [.. codes, RequestErrorCode.StorageUnavailable, RequestErrorCode.InternalError];
        foreach (var status in all.Select(ProblemCatalog.StatusOf).Distinct())
            builder.Produces<Problem>(status, Problem.ContentType);
        return builder.WithMetadata(new ProblemMetadata(all));
    }
}
