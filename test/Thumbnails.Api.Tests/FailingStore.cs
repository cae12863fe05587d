using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

/// <summary>A store that fails on demand.</summary>
public class FailingStore : DispatchProxy
{
    private object _store = null!;
    private Func<Exception?> _failure = null!;

    /// <param name="services">The services of the API.</param>
    /// <param name="root">The folder of the store.</param>
    /// <param name="failure">Returns the exception to throw, or null to succeed.</param>
    internal static void Add(IServiceCollection services, string root, Func<Exception?> failure)
    {
        var store = new FileObjectStore(root, TimeProvider.System);
        services.AddSingleton(Around<IObjectStore>(store, failure)).AddSingleton(Around<IMultipartStore>(store, failure));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _failure() is { } failure ? throw failure : targetMethod!.Invoke(_store, args);

    private static T Around<T>(FileObjectStore store, Func<Exception?> failure)
        where T : class
    {
        var proxy = Create<T, FailingStore>();
        ((FailingStore)(object)proxy)._store = store;
        ((FailingStore)(object)proxy)._failure = failure;
        return proxy;
    }
}
