namespace Thumbnails.Api.Hosting;

/// <summary>Something without which the service is not ready.</summary>
internal interface IReadinessCheck
{
    /// <summary>Its name in the answer.</summary>
    string Name { get; }

    /// <summary>What is wrong, for operators; null when nothing is.</summary>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);
}
