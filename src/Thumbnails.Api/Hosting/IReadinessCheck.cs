namespace Thumbnails.Api.Hosting;

/// <summary>A check that must succeed for the service to be ready.</summary>
internal interface IReadinessCheck
{
    /// <summary>The name in the response.</summary>
    string Name { get; }

    /// <summary>Returns the reason for a failure, for operators; null on success.</summary>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);
}
