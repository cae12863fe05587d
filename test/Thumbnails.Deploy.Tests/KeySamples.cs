using System.Reflection;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Deploy.Tests;

/// <summary>Sample keys of the store.</summary>
internal static class KeySamples
{
    /// <summary>A sample key for each method of <see cref="ObjectKeys"/>, by the method's name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = typeof(ObjectKeys).GetMethods()
        .Where(method => method.ReturnType == typeof(ObjectKey))
        .ToDictionary(method => method.Name, method => method.Invoke(null, [.. method.GetParameters().Select(SampleOf)])!.ToString()!);

    private static object SampleOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(JobId) => JobId.New(TimeProvider.System),
        var type when type == typeof(OutputName) => OutputName.Parse("a/b.png"),
        var type when type == typeof(StoryboardName) => StoryboardName.Parse("a/b"),
        var type when type == typeof(PreviewName) => PreviewName.Parse("a/b.gif"),
        var type when type == typeof(string) => "sample",
        var type when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        var type when type.IsValueType => Activator.CreateInstance(type)!,
        var type => throw new InvalidOperationException($"There is no sample of {type}."),
    };
}
