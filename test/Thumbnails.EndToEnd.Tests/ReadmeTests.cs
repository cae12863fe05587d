using System.Text.Json.Nodes;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The commands in the README work as written.</summary>
public sealed class ReadmeTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_curl_commands_in_the_README_make_a_picture()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Published.Repository, "README.md"));
        var script = readme.Split("```sh\n").Single(block => block.StartsWith("CLIP=", StringComparison.Ordinal)).Split("```")[0];
        using var service = await PublishedService.StartAsync(_folder["data"]);
        script = script
            .Replace("CLIP=artifacts/demo/clip.mp4", $"CLIP={await clips.NumberedAsync()}", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080/", service.Address.ToString(), StringComparison.Ordinal);
        var (code, lines) = await ProgramRun.ToEndAsync("sh", new Dictionary<string, string>(), "-euc", $"cd {_folder.Path}\n{script}");

        Assert.Equal(0, code);
        Assert.Equal(["data"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        var job = JsonNode.Parse(string.Concat(lines))!;
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(240, await service.NumberAsync((await service.Client.GetJobAsync((string)job["id"]!)).Frames[0]));
    }
}
