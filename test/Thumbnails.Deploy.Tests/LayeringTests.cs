using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>Checks the order of the folders of each program: a folder uses only those further down its list.</summary>
public sealed partial class LayeringTests
{
    // Hosting and everything above it return problems. The JSON contexts at the top name types of every folder.
    private static readonly Dictionary<string, string[]> Folders = new()
    {
        ["Thumbnails.Api"] = ["OpenApi", "Pages", "Uploads", "Jobs", "Storyboards", "Events", "Lifecycle", "Runners", "Webhooks", "Hosting", "Problems"],
        ["Thumbnails.Core"] = ["Workers", "Jobs", "Storage", "Serialization"],
        ["Thumbnails.Worker"] = ["Running", "Previews", "Storyboards", "Keyframes", "Frames", "Sources", "Storage", "Media"],
    };

    public static TheoryData<string> Projects => [.. Folders.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_source_folder_uses_only_folders_below_it_in_the_order(string project)
    {
        var folders = Folders[project];
        var root = Repository.PathOf($"src/{project}");
        Assert.Equal(
            folders.Order(),
            Directory.GetDirectories(root).Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj" or "wwwroot")).Order());
        var upward = from folder in folders
                     from path in Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
                     from Match used in Using().Matches(File.ReadAllText(path))
                     where used.Groups["project"].Value == project
                         && Array.IndexOf(folders, used.Groups["folder"].Value) < Array.IndexOf(folders, folder)
                     select $"{Path.GetRelativePath(root, path)} uses {used.Groups["folder"].Value}";
        Assert.Empty(upward);
    }

    [GeneratedRegex(@"\b(?<project>Thumbnails\.\w+)\.(?<folder>[A-Z]\w+)\b(?!\()", RegexOptions.CultureInvariant)]
    private static partial Regex Using();
}
