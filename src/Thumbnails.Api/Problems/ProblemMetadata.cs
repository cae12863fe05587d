namespace Thumbnails.Api.Problems;

/// <summary>The problems that an endpoint can return, for its documentation.</summary>
internal sealed record ProblemMetadata(IReadOnlyList<Problem> Problems);

internal static class ProblemMetadataExtensions
{
    /// <summary>Documents the problems of an endpoint, or of all endpoints in a group.</summary>
    public static T ProducesProblems<T>(this T builder, params RequestErrorCode[] codes)
        where T : IEndpointConventionBuilder => builder.ProducesProblems([.. codes.Select(code => Problem.Of(code))]);

    /// <inheritdoc cref="ProducesProblems{T}(T, RequestErrorCode[])"/>
    public static T ProducesProblems<T>(this T builder, params Problem[] problems)
        where T : IEndpointConventionBuilder
    {
        foreach (var status in problems.Select(problem => problem.Status).Distinct())
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.ContentType]));
        return builder.WithMetadata(new ProblemMetadata(problems));
    }
}
