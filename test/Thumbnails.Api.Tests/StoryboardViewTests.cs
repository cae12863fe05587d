namespace Thumbnails.Api.Tests;

/// <summary>The endpoints for players, which need no credentials and allow pages of any origin.</summary>
public sealed class StoryboardViewTests : IDisposable
{
    private readonly Service _service = new(("Auth:ApiKeys", $"alice={new string('0', 64)}"));

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_player_can_read_every_manifest_and_sheet_with_only_the_token()
    {
        var seed = await StoryboardSeed.PutAsync(_service, sheets: 2);
        foreach (var (file, type, part) in ((string, string, string)[])
        [
            ("storyboard.vtt", "text/vtt; charset=utf-8", "1.jpg#xywh=320,0,320,180"),
            ("storyboard.json", "application/json", $"\"url\":\"{_service.Client.BaseAddress}view/{seed.Token}/1.jpg\""),
            ("storyboard.m3u8", "application/vnd.apple.mpegurl", "1.jpg"),
            ("storyboard.mpd", "application/dash+xml", "$Number$.jpg"),
            ("storyboard.adaptationset.xml", "application/xml", $"<BaseURL>{_service.Client.BaseAddress}view/{seed.Token}/</BaseURL>"),
        ])
        {
            using var answer = await _service.Client.GetAsync(seed.Folder + file);
            Assert.Equal((200, type), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
            Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Equal("max-age=60, private", answer.Headers.CacheControl?.ToString());
            Assert.Contains(part, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var head = await _service.SendAsync(HttpMethod.Head, seed.Folder + file);
            Assert.Equal(200, (int)head.StatusCode);
            using var options = await _service.SendAsync(HttpMethod.Options, seed.Folder + file);
            Assert.Equal((204, "*"), ((int)options.StatusCode, options.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        }

        using var sheet = await _service.Client.GetAsync($"{seed.Folder}1.jpg");
        Assert.Equal((302, "*"), ((int)sheet.StatusCode, sheet.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.InRange(sheet.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 60, 1800);
        using var picture = await _service.Client.GetAsync(sheet.Headers.Location);
        Assert.Equal("jpg 1", await picture.Content.ReadAsStringAsync());
        Assert.Equal("*", picture.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task A_token_shows_the_storyboard_that_has_replaced_that_of_its_job()
    {
        var seed = await StoryboardSeed.PutAsync(_service, sheets: 1);
        await StoryboardSeed.PutAsync(_service, sheets: 2);

        Assert.Contains("1.jpg#", await _service.Client.GetStringAsync($"{seed.Folder}storyboard.vtt"), StringComparison.Ordinal);
        using var sheet = await _service.Client.GetAsync($"{seed.Folder}1.jpg");
        Assert.Equal(302, (int)sheet.StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_and_a_wrong_file_return_the_same_404()
    {
        var seed = await StoryboardSeed.PutAsync(_service, sheets: 1);
        var other = await StoryboardSeed.PutAsync(_service, sheets: 1, name: "other");
        var bodies = new HashSet<string>();
        string[] tokens = [$"{seed.Id}.{new string('0', 32)}", $"{seed.Id}.", $"{seed.Id}", "x", $"{seed.Token}0", seed.Token[..^1], seed.Token.ToUpperInvariant(), $"{seed.Id}.{other.Token[27..]}", $"{seed.Id}.%E2%82%AC"];
        foreach (var path in (string[])[.. tokens.Select(token => $"/view/{token}/storyboard.vtt"), .. tokens.Select(token => $"/view/{token}/0.jpg"), .. ((string[])["1.jpg", "0.png", "00.jpg", "-1.jpg", "0", "storyboard.xml", "9999999999.jpg", "..%2f0.jpg"]).Select(file => seed.Folder + file)])
        {
            using var answer = await _service.Client.GetAsync(path);
            Assert.Equal((404, "*"), ((int)answer.StatusCode, answer.Headers.GetValues("Access-Control-Allow-Origin").Single()));
            bodies.Add((await answer.Content.ReadAsStringAsync()).Split("\"traceId\"")[0]);
        }

        Assert.Contains("thumbnail_not_found", Assert.Single(bodies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storyboard_token_gives_access_to_nothing_else_and_CORS_is_limited_to_storyboards()
    {
        var seed = await StoryboardSeed.PutAsync(_service, sheets: 1);
        foreach (var path in (string[])[$"/jobs/{seed.Id}", $"/jobs/{seed.Id}/thumbnails/p.webp", $"/jobs/{seed.Token}"])
        {
            using var answer = await _service.Client.GetAsync(path);
            Assert.Equal("unauthorized", await answer.ProblemAsync(401));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }

        foreach (var path in (string[])["p.webp", "job.json", "result.json"])
        {
            using var answer = await _service.Client.GetAsync(seed.Folder + path);
            Assert.Equal("thumbnail_not_found", await answer.ProblemAsync(404));
        }
    }

    [Fact]
    public async Task The_Mux_format_supports_only_a_single_sheet()
    {
        var one = await StoryboardSeed.PutAsync(_service, sheets: 1);
        using var answer = await _service.Client.GetAsync($"{one.Folder}storyboard.json?format=mux");
        Assert.Equal($"{_service.Client.BaseAddress}view/{one.Token}/0.jpg", (string?)(await answer.JsonAsync())["url"]);
        var two = await StoryboardSeed.PutAsync(_service, sheets: 2, name: "two");
        foreach (var format in (string[])["mux", "x"])
        {
            using var refusal = await _service.Client.GetAsync($"{two.Folder}storyboard.json?format={format}");
            Assert.Equal(["format"], await refusal.FaultsAsync());
        }
    }

    [Fact]
    public async Task A_job_reports_its_storyboard_and_preview_and_serves_their_files()
    {
        using var open = new Service();
        var seed = await StoryboardSeed.PutAsync(open, sheets: 2);
        var job = await open.JobAsync($"{seed.Id}");
        var storyboard = job["storyboard"]!;
        Assert.Equal(("a b/c", 320, 2, 4), ((string)storyboard["name"]!, (int)storyboard["tileWidth"]!, (int)storyboard["columns"]!, (int)storyboard["tiles"]!));
        Assert.Equal($"{open.Client.BaseAddress}view/{seed.Token}/storyboard.vtt", (string?)storyboard["urls"]!["vtt"]);
        Assert.Equal($"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=2,RESOLUTION=320x180,CODECS=\"jpeg\",URI=\"{storyboard["urls"]!["hls"]}\"", (string?)storyboard["hlsImageStream"]);
        Assert.Equal("jpg 1", await open.Client.GetStringAsync(new Uri((string)storyboard["sheets"]![1]!["url"]!)));
        Assert.Equal(("thumbnails/p.webp", 36), ((string?)job["preview"]!["key"], (int)job["preview"]!["frameCount"]!));
        foreach (var (name, status) in ((string, int)[])[("a%20b/c/1.jpg", 302), ("p.webp", 302), ("a%20b/c/2.jpg", 404), ("a%20b/c/storyboard.json", 404)])
        {
            using var answer = await open.Client.GetAsync($"/jobs/{seed.Id}/thumbnails/{name}");
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_storyboard_token_is_never_logged()
    {
        var output = Console.Out;
        await using var log = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(log));
        try
        {
            using var service = new Service();
            var seed = await StoryboardSeed.PutAsync(service, sheets: 1);
            await File.WriteAllTextAsync(Path.Combine(service.Root, "thumbnails/a b/c/storyboard.json"), "{");
            foreach (var path in (string[])["storyboard.vtt", "0.jpg", "x"])
                (await service.Client.GetAsync(seed.Folder + path)).Dispose();
            await service.Client.GetAsync($"/view/{seed.Token[..^2]}");
            var lines = log.ToString();
            Assert.Contains($"/view/{seed.Id}.***/storyboard.vtt", lines, StringComparison.Ordinal);
            Assert.DoesNotContain(seed.Token[27..40], lines, StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(output);
        }
    }
}
