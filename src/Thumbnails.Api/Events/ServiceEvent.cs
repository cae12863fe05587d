namespace Thumbnails.Api.Events;

/// <summary>
/// Something that the service acts on, whoever tells of it: EventBridge, or this process itself. It may be told twice,
/// late, or out of order.
/// </summary>
internal abstract record ServiceEvent
{
    private ServiceEvent()
    {
    }

    /// <summary>An object is in a store.</summary>
    /// <param name="Bucket">The bucket; null for this process's own store.</param>
    /// <param name="Key">The object's key.</param>
    internal sealed record ObjectCreated(string? Bucket, string Key) : ServiceEvent;

    /// <summary>A task has another status.</summary>
    internal sealed record TaskChanged(TaskChange Task) : ServiceEvent;

    /// <summary>A minute has passed.</summary>
    internal sealed record Scheduled : ServiceEvent;

    /// <summary>Nothing that the service knows of.</summary>
    internal sealed record Unknown(string? Source, string? DetailType) : ServiceEvent;
}
