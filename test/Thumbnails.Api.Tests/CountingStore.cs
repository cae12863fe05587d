using System.Collections.Concurrent;
using System.Reflection;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

/// <summary>Counts the store calls that are S3 requests. Presigning is not one.</summary>
public class CountingStore : DispatchProxy
{
    private IObjectStore _store = null!;

    public ConcurrentDictionary<string, int> Counts { get; } = new();

    public static IObjectStore Around(IObjectStore store)
    {
        var counting = Create<IObjectStore, CountingStore>();
        ((CountingStore)counting)._store = store;
        return counting;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!targetMethod!.Name.StartsWith("Presign", StringComparison.Ordinal))
            Counts.AddOrUpdate(targetMethod.Name[..^"Async".Length], 1, (_, count) => count + 1);
        return targetMethod.Invoke(_store, args);
    }
}
