using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Storyboards;

/// <summary>Finds the storyboard that a token grants access to.</summary>
internal sealed class StoryboardViews(IObjectStore store)
{
    // A later job may replace the storyboard.
    private static readonly TimeSpan ManifestAge = TimeSpan.FromMinutes(1);

    /// <summary>Returns the storyboard under the name that the token's job gave it, which a later job may have replaced.</summary>
    /// <exception cref="ApiException">The token is not valid, or the storyboard has not been made.</exception>
    public async Task<(StoryboardName Name, StoryboardDocument Document)> FindAsync(string token, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (ViewToken.Find(token) is not { } parsed
            || await store.GetJsonAsync(ObjectKeys.Job(parsed.JobId), CoreJson.Default.Job, cancellationToken) is not { Storyboard.Name: { } name } job
            || !parsed.Opens(job)
            || await store.GetJsonAsync(ObjectKeys.Result(job.Id), CoreJson.Default.JobResult, cancellationToken) is not { Storyboard.Error: null })
            throw NotFound();
        RequestLog.JobId(context, job.Id);
        return await store.GetJsonAsync(ObjectKeys.Storyboard(name), CoreJson.Default.StoryboardDocument, cancellationToken) is { } document
            ? (name, document)
            : throw NotFound();
    }

    /// <exception cref="ApiException">The token is not valid, or the storyboard has not been made.</exception>
    public async Task<StoryboardDocument> ReadAsync(string token, HttpContext context)
    {
        var (_, document) = await FindAsync(token, context);
        context.CacheFor(ManifestAge);
        return document;
    }

    /// <summary>
    /// Returns the same problem for a wrong token and a wrong file, so that it does not reveal which tokens are valid.
    /// </summary>
    public static ApiException NotFound() => new(RequestErrorCode.ThumbnailNotFound);
}
