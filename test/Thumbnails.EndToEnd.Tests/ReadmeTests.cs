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
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var lines = await RunAsync(service, await BlockAsync("CLIP="));

        Assert.Equal(["data"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
        var job = JsonNode.Parse(string.Concat(lines))!;
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(240, await service.NumberAsync((await service.Client.GetJobAsync((string)job["id"]!)).Frames[0]));
    }

    [Fact]
    public async Task The_lines_after_them_make_a_storyboard_that_a_player_reads()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var lines = await RunAsync(service, await BlockAsync("CLIP=") + await BlockAsync("VIDEO=$("));

        var cues = string.Join('\n', lines).Split("WEBVTT")[1];
        Assert.Contains("00:00:09.000 --> 00:00:10.000\n0.jpg#xywh=1280,180,320,180", cues, StringComparison.Ordinal);
    }

    private static async Task<string> BlockAsync(string beginning)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Published.Repository, "README.md"));
        return readme.Split("```sh\n").Single(block => block.StartsWith(beginning, StringComparison.Ordinal)).Split("```")[0];
    }

    private async Task<IReadOnlyCollection<string>> RunAsync(Service service, string script)
    {
        script = script
            .Replace("CLIP=src/Thumbnails.Api/wwwroot/page/sample.mp4", $"CLIP={await clips.NumberedAsync()}", StringComparison.Ordinal)
            .Replace("http://127.0.0.1:5080/", service.Address.ToString(), StringComparison.Ordinal);
        var (code, lines) = await ProgramRun.ToEndAsync("sh", new Dictionary<string, string>(), "-euc", $"cd {_folder.Path}\n{script}");
        Assert.Equal(0, code);
        return lines;
    }
}
