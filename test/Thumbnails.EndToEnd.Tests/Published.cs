namespace Thumbnails.EndToEnd.Tests;

/// <summary>The programs that `make publish` produced.</summary>
internal static class Published
{
    public static string Repository { get; } = FindRepository();

    public static string Api { get; } = Find("api/Thumbnails.Api");

    public static string Worker { get; } = Find("worker/Thumbnails.Worker");

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Thumbnails.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private static string Find(string name)
    {
        var path = Path.Combine(Repository, "artifacts", name);
        return File.Exists(path) ? path : throw new FileNotFoundException("Run `make publish` first.", path);
    }
}
