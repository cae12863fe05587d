using System.Reflection;
using System.Text.RegularExpressions;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Deploy.Tests;

/// <summary>The calls of the store in the programs' source, and the keys that they are about.</summary>
internal static partial class StoreCalls
{
    // Where a key is not made on the spot: what the expression stands for. A call that is missing here fails the test.
    private static readonly Dictionary<(string File, string Key), string> KeyOf = new()
    {
        [("CreateUpload.cs", "key")] = nameof(ObjectKeys.Video),
        [("MultipartUploads.cs", "upload")] = nameof(ObjectKeys.Video),
        [("MultipartUploads.cs", "token.Upload")] = nameof(ObjectKeys.Video),
        [("CreateJob.cs", "key")] = nameof(ObjectKeys.Video),
        [("AwaitedUploads.cs", "job.VideoKey")] = nameof(ObjectKeys.Video),
        [("JobPresenter.cs", "key")] = nameof(ObjectKeys.Thumbnail),
        [("IPictureSink.cs", "keyOf(name)")] = nameof(ObjectKeys.Thumbnail),
        [("PageEndpoints.cs", "sample")] = nameof(ObjectKeys.Thumbnail),
        [("WorkerStore.cs", "key")] = nameof(ObjectKeys.Video),
    };

    public static IEnumerable<Permission> In(SourceFile file)
    {
        var receivers = Receiver().Matches(file.Text).Select(match => match.Groups["name"].Value).Append("store").Distinct();
        var calls = new Regex($@"\b({string.Join('|', receivers)})\s*\.(?<method>\w+)\(\s*(?<key>[\w.]+(\([^()]*\))?)");
        return from Match call in calls.Matches(file.Text)
               let method = call.Groups["method"].Value
               where StoreOperations.Methods.Contains(method)
               from need in StoreOperations.Needs(method, KeyFor(file, method, call.Groups["key"].Value), $"{method} in {file.Path}")
               select need;
    }

    /// <summary>A key of a kind, by name: of <c>Job</c> one like <c>jobs/…/job.json</c>.</summary>
    public static string Sample(string kind) => typeof(ObjectKeys).GetMember(kind).Single() switch
    {
        FieldInfo prefix => prefix.GetValue(null)!.ToString()!,
        MethodInfo maker => maker.Invoke(null, [.. maker.GetParameters().Select(parameter => SampleOf(parameter.ParameterType))])!.ToString()!,
        var other => throw new InvalidOperationException($"{other} is not a key."),
    };

    private static string KeyFor(SourceFile file, string method, string expression)
    {
        if (method is "ListAsync" or "CheckAsync")
            return "";
        if (KeyMaker().Match(expression) is { Success: true } match)
            return Sample(match.Groups["kind"].Value);
        return KeyOf.TryGetValue((file.Name, expression), out var kind) ? Sample(kind) : throw new InvalidOperationException(
            $"{file.Path} calls {method}({expression}, …): tell in {nameof(StoreCalls)}.{nameof(KeyOf)} which key that is.");
    }

    private static object SampleOf(Type type) =>
        type == typeof(JobId) ? JobId.New(TimeProvider.System)
        : type == typeof(OutputName) ? OutputName.Parse("a/b.png", null)
        : type == typeof(string) ? "sample"
        : type == typeof(int) ? 1
        : throw new InvalidOperationException($"This test has no sample of {type}.");

    [GeneratedRegex(@"\b(IObjectStore|IMultipartStore|S3ObjectStore) (?<name>\w+)\b")]
    private static partial Regex Receiver();

    [GeneratedRegex(@"^ObjectKeys\.(?<kind>\w+)")]
    private static partial Regex KeyMaker();
}
