using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.Browser.Tests;

/// <summary>A page of another origin than the service, with the players, a clip and its storyboard.</summary>
public sealed class PlayerSite : IAsyncLifetime, IDisposable
{
    public const int Interval = 2, FrameRate = 5;

    // The players import each other's modules by name.
    private const string Page =
        """
        <!doctype html>
        <script type="importmap">{ "imports": {
          "media-captions": "/npm/media-captions/dist/prod.js",
          "lit-html": "/npm/lit-html/lit-html.js", "lit-html/": "/npm/lit-html/",
          "fscreen": "/npm/fscreen/dist/fscreen.esm.js",
          "@floating-ui/dom": "/npm/@floating-ui/dom/dist/floating-ui.dom.browser.min.mjs",
          "@floating-ui/core": "/npm/@floating-ui/core/dist/floating-ui.core.browser.min.mjs" } }</script>
        <body></body>
        """;

    private readonly Browser _browser = new();
    private readonly TempFolder _folder = new();
    private readonly HttpListener _listener = new();

    /// <summary>The URL of the folder with the manifests.</summary>
    public Uri Storyboard { get; private set; } = new("about:blank");

    public async Task InitializeAsync()
    {
        await _browser.InitializeAsync();
        // 50.2 tiles in three sheets, with a keyframe at the start of each tile.
        var clip = await NumberedClip.CreateAsync(
            _folder["clip.mp4"],
            frames: 502,
            frameRate: $"{FrameRate}",
            encode: $"-c:v libx264 -preset ultrafast -g {Interval * FrameRate} -keyint_min {Interval * FrameRate} -sc_threshold 0 -pix_fmt yuv420p");
        await Ffmpeg.RunAsync($"-i {clip} -c copy -f dash -seg_duration 10 -hls_playlist 1", _folder["video.mpd"]);
        var storyboard = await MakeStoryboardAsync(clip);
        Storyboard = new Uri(storyboard.Urls!.Vtt, ".");
        await AddStoryboardAsync("video.mpd", "with-storyboard.mpd", "</Period>", await _browser.Service.Http.GetStringAsync(storyboard.Urls.DashAdaptationSet));
        await AddStoryboardAsync("master.m3u8", "with-storyboard.m3u8", "#EXT-X-STREAM-INF", storyboard.HlsImageStream + "\n");
        _listener.Prefixes.Add($"http://127.0.0.1:{FreePort()}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public async Task<IPage> OpenAsync()
    {
        var page = await _browser.NewPageAsync();
        await page.GotoAsync(_listener.Prefixes.Single());
        return page;
    }

    public Task DisposeAsync() => _browser.DisposeAsync();

    public void Dispose()
    {
        _listener.Close();
        _browser.Dispose();
        _folder.Dispose();
    }

    private async Task<Storyboard> MakeStoryboardAsync(string clip)
    {
        var client = _browser.Service.Client;
        var video = await client.UploadAsync(clip);
        var job = await client.CreateJobAsync(new JobRequest { VideoKey = video.VideoKey, Storyboard = new StoryboardRequest { Name = "clip", Interval = Interval } });
        job = await client.WaitAsync(job.Id);
        job.EnsureSucceeded();
        return job.Storyboard!;
    }

    // As the README says to paste it.
    private async Task AddStoryboardAsync(string source, string target, string before, string text)
    {
        var manifest = await File.ReadAllTextAsync(_folder[source]);
        await File.WriteAllTextAsync(_folder[target], manifest.Insert(manifest.IndexOf(before, StringComparison.Ordinal), text));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await AnswerAsync(context.Response, context.Request.Url!.AbsolutePath);
            }
            // The browser no longer wants the rest of a file, or the tests are over.
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
            }
        }
    }

    private async Task AnswerAsync(HttpListenerResponse response, string path)
    {
        var file = FileOf(path);
        response.StatusCode = path == "/" || File.Exists(file) ? 200 : 404;
        response.ContentType = Path.GetExtension(path) switch
        {
            "" => "text/html",
            ".js" or ".mjs" => "text/javascript",
            ".mp4" => "video/mp4",
            ".mpd" => "application/dash+xml",
            ".m3u8" => "application/vnd.apple.mpegurl",
            _ => "application/octet-stream",
        };
        var body = path == "/" ? Encoding.UTF8.GetBytes(Page) : File.Exists(file) ? await File.ReadAllBytesAsync(file) : [];
        response.Close(body, willBlock: true);
    }

    private string FileOf(string path) => path switch
    {
        "/players.js" => Path.Combine(AppContext.BaseDirectory, "Players", "players.js"),
        _ when path.StartsWith("/npm/", StringComparison.Ordinal) => Path.Combine(Artifacts.Folder, "players", "node_modules", path["/npm/".Length..]),
        _ => _folder[path[1..]],
    };

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
