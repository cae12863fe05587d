namespace Thumbnails.Client;

/// <summary>The credentials and retry options of a <see cref="ThumbnailsClient"/>.</summary>
public sealed record ThumbnailsClientOptions
{
    /// <summary>The API key. It is sent to the service only, never to a presigned URL.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A JWT, if the service requires one. It is sent to the service only.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The maximum number of attempts for a request that is safe to repeat. Default: 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>
    /// The delay before the second attempt, which doubles with each further attempt. Default: half a second.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a request may take, or an upload may make no progress. Default: 100 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
