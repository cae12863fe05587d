using Thumbnails.Client;

namespace Thumbnails.Demo;

/// <summary>
/// Writes a page that shows a storyboard above the seek bar of a video, and its preview. The page holds the tiles itself, because a
/// page that was opened from a file may not read other files.
/// </summary>
internal static class StoryboardPage
{
    public const string Folder = "storyboard", PreviewName = "storyboard/preview.webp", SheetFolder = "storyboard/sheets";

    /// <returns>The path of the page.</returns>
    public static async Task<string> WriteAsync(ThumbnailsClient client, Job job, string video, string folder)
    {
        var page = Path.GetFullPath(Path.Combine(folder, Folder, "index.html"));
        await SaveAsync(await client.GetThumbnailAsync(job.Preview!), Path.Combine(folder, PreviewName));
        foreach (var (i, sheet) in job.Storyboard!.Sheets.Index())
            await SaveAsync(await client.GetThumbnailAsync(sheet), Path.Combine(folder, SheetFolder, $"{i}.jpg"));

        // No credentials: the URL is enough, as it is for a player.
        using var http = new HttpClient();
        using var resource = new StreamReader(typeof(StoryboardPage).Assembly.GetManifestResourceStream("storyboard.html")!);
        var source = Path.GetRelativePath(Path.GetDirectoryName(page)!, Path.GetFullPath(video)).Split(Path.DirectorySeparatorChar);
        await File.WriteAllTextAsync(page, (await resource.ReadToEndAsync())
            .Replace("VIDEO_URL", string.Join('/', source.Select(Uri.EscapeDataString)), StringComparison.Ordinal)
            .Replace("TILES_JSON", await http.GetStringAsync(job.Storyboard.Urls!.Json), StringComparison.Ordinal));
        return page;
    }

    private static async Task SaveAsync(Stream picture, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (picture)
        {
            await using var file = File.Create(path);
            await picture.CopyToAsync(file);
        }
    }
}
