namespace Thumbnails.Api.Events;

/// <summary>
/// An event that the service acts on. It may be duplicated, late or out of order.
/// </summary>
internal abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary>An object was stored.</summary>
    /// <param name="Bucket">The bucket.</param>
    /// <param name="Key">The object's key.</param>
    internal sealed record ObjectCreated(string Bucket, string Key) : ServiceEvent;

    /// <summary>A task has a new status.</summary>
    internal sealed record TaskChanged(TaskChange Task) : ServiceEvent;

    /// <summary>A minute has passed.</summary>
    internal sealed record Scheduled : ServiceEvent;

    /// <summary>An event that the service does not know.</summary>
    internal sealed record Unknown(string? Source, string? DetailType) : ServiceEvent;
}
