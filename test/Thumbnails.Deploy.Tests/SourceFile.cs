using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>A C# source file without its comments.</summary>
internal sealed partial class SourceFile(string path, string text)
{
    private readonly HashSet<string> _words = [.. Word().Matches(text).Select(match => match.Value)];

    public string Name => System.IO.Path.GetFileName(path);

    /// <summary>The path under <c>src</c>.</summary>
    public string Path => path;

    public string Text => text;

    /// <summary>The types that the file declares.</summary>
    public IReadOnlyList<string> Types { get; } = [.. Declaration().Matches(text).Select(match => match.Groups["name"].Value)];

    /// <summary>Returns all source files under a folder of <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf($"src/{folder}"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(System.IO.Path.GetRelativePath(Repository.PathOf("src"), path), Comment().Replace(File.ReadAllText(path), ""))),
    ];

    public bool Mentions(string word) => _words.Contains(word);

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(class|interface|enum|record struct|record|struct) (?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();
}
