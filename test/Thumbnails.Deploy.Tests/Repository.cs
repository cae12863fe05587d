namespace Thumbnails.Deploy.Tests;

internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Template => PathOf("deploy/template.yaml");

    public static string PathOf(string name) => Path.Combine(Root, name);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Thumbnails.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
