namespace Thumbnails.Client;

/// <summary>How a <see cref="ThumbnailsClient"/> identifies itself, and how persistent it is.</summary>
public sealed record ThumbnailsClientOptions
{
    /// <summary>The key that the service's operator gave you. Sent to the service only, never to a presigned URL.</summary>
    public string? ApiKey { get; init; }

    /// <summary>A JWT for a service that expects one. Sent to the service only.</summary>
    public string? BearerToken { get; init; }

    /// <summary>The maximum number of attempts for a request that is safe to repeat. Default: 5.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>The pause before the second attempt, which doubles with each further one. Default: half a second.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long a request may take, or an upload may make no progress. Default: 100 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);
}
