using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>Which of the source runs under which role.</summary>
internal static class Programs
{
    private static readonly IReadOnlyList<SourceFile> Api = SourceFile.Under("Thumbnails.Api");
    private static readonly IReadOnlyList<SourceFile> Worker = SourceFile.Under("Thumbnails.Worker");

    // On one machine only: the local runner, and the addresses under which the API itself takes and gives files.
    private static bool IsLocal(SourceFile file) => file.Path.Contains("/Runners/Local/", StringComparison.Ordinal) || file.Name == "ObjectEndpoints.cs";

    // What events cause happens in the events function; the API only answers requests.
    private static bool IsOfEvents(SourceFile file) => file.Path.Contains("/Events/", StringComparison.Ordinal);

    // What only words the answers to requests, and what names every type there is, leads from events to all of the API.
    private static bool IsOfAnswers(SourceFile file) => file.Path.Contains("/Problems/", StringComparison.Ordinal) || file.Name == "ApiJson.cs";

    /// <summary>What the calls of the programs need of AWS, by the role under which they are made.</summary>
    public static IEnumerable<Permission> Needs(string role) => FilesOf(role).SelectMany(file => StoreCalls.In(file).Concat(EcsCalls.In(file)));

    private static IEnumerable<SourceFile> FilesOf(string role) => role switch
    {
        "TaskRole" => Worker,
        "ApiRole" => Api.Where(file => !IsLocal(file) && !IsOfEvents(file)),
        "EventsRole" => Reachable(Api.Where(IsOfEvents)),
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    // A file reaches those that declare a type which it mentions, and those that implement an interface which it declares.
    private static HashSet<SourceFile> Reachable(IEnumerable<SourceFile> roots)
    {
        var found = new HashSet<SourceFile>();
        var waiting = new Queue<SourceFile>(roots);
        while (waiting.TryDequeue(out var file))
        {
            if (!found.Add(file))
                continue;
            var interfaces = file.Types.Where(type => type is ['I', >= 'A' and <= 'Z', ..]).ToList();
            foreach (var other in Api.Where(other => !IsLocal(other) && !IsOfAnswers(other) && (other.Types.Any(file.Mentions) || interfaces.Exists(type => Implements(other, type)))))
                waiting.Enqueue(other);
        }

        return found;
    }

    private static bool Implements(SourceFile file, string type) =>
        file.Mentions(type) && Regex.IsMatch(file.Text, $@"[:,]\s*{type}\b\s*(,|\r?\n|{{)");
}
