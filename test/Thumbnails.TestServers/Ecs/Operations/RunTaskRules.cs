using System.Text.Json;
using System.Text.RegularExpressions;

namespace Thumbnails.TestServers.Ecs.Operations;

/// <summary>
/// The rules of the API reference for RunTask's parameters, beyond their shapes.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html"/>
/// </summary>
internal static partial class RunTaskRules
{
    private const int MaxOverrides = 8192;

    public static void Check(JsonElement request)
    {
        EcsError.Require(request.Number("count") is null or (>= 1 and <= 10), "count must be from 1 to 10.");
        EcsError.Require(IsMatch(StartedBy(), request.Text("startedBy")), "startedBy must be up to 128 of [A-Za-z0-9-/_].");
        EcsError.Require(IsMatch(Token(), request.Text("clientToken")), "clientToken must be 1 to 64 of ASCII 33 to 126.");
        EcsError.Require(request.Text("propagateTags") is not "SERVICE", "propagateTags of a task must not be SERVICE.");
        EcsError.Require(
            request.Member("overrides") is not { } overrides || overrides.GetRawText().Length <= MaxOverrides,
            $"Container Overrides length must be at most {MaxOverrides}");
        CheckTags(request.Items("tags"));
    }

    private static void CheckTags(IReadOnlyList<JsonElement> tags)
    {
        var keys = tags.Select(tag => tag.Text("key") ?? "").ToList();
        EcsError.Require(keys.TrueForAll(key => key.Length > 0), "A tag must have a key.");
        EcsError.Require(keys.Distinct().Count() == keys.Count, "Each tag key must be unique.");
        EcsError.Require(
            !keys.Concat(tags.Select(tag => tag.Text("value") ?? "")).Any(IsReserved),
            "aws: is reserved and must not begin a tag's key or value.");
    }

    private static bool IsMatch(Regex pattern, string? text) => text is null || pattern.IsMatch(text);

    private static bool IsReserved(string text) => text.StartsWith("aws:", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z0-9\-/_]{0,128}\z")]
    private static partial Regex StartedBy();

    [GeneratedRegex(@"\A[!-~]{1,64}\z")]
    private static partial Regex Token();
}
