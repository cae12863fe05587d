namespace Thumbnails.Browser.Tests;

/// <summary>The published programs, and the folder for screenshots.</summary>
internal static class Artifacts
{
    public static string Folder { get; } = Path.Combine(Repository(), "artifacts");

    public static string Screenshot(string name) => Path.Combine(Folder, "screenshots", name);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Thumbnails.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
