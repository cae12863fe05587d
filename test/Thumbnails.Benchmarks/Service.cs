using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Thumbnails.Benchmarks;

/// <summary>The published API with a folder of its own.</summary>
internal sealed class Service : IDisposable
{
    /// <summary>A bucket and a cluster that nobody reaches: signing an address needs neither.</summary>
    public static readonly IReadOnlyDictionary<string, string> AwsSettings = new Dictionary<string, string>
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["Auth__AllowAnonymous"] = "true",
        ["Storage__Bucket"] = "thumbnails",
        ["Runner__Kind"] = "fargate",
        ["Fargate__Cluster"] = "thumbnails",
        ["Fargate__TaskDefinition"] = "thumbnails",
        ["Fargate__Subnets"] = "subnet-1",
    };

    private readonly string _root = Directory.CreateTempSubdirectory("thumbnails-bench-").FullName;
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="artifacts">Where the programs are.</param>
    /// <param name="settings">Those of the API; a folder of its own when none are given.</param>
    public Service(string artifacts, IReadOnlyDictionary<string, string>? settings = null)
    {
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Path.Combine(artifacts, "api", "Thumbnails.Api")) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        foreach (var (name, value) in settings ?? new Dictionary<string, string> { ["Storage__Root"] = _root })
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Now listening", StringComparison.Ordinal) is true)
                _listening.TrySetResult();
        };
        _process.BeginOutputReadLine();
        _http = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Address { get; }

    /// <summary>A figure of /proc/PID/status, in MB.</summary>
    public double Memory(string figure)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(figure, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Returns when the first POST /uploads has been answered.</summary>
    public async Task FirstAnswerAsync()
    {
        await _listening.Task;
        await CreateUploadAsync("clip.mp4", 1000);
    }

    public async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<string> UploadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        var upload = await CreateUploadAsync(Path.GetFileName(path), file.Length);
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)upload["url"]!) { Content = new StreamContent(file, 1 << 20) };
        request.Content.Headers.ContentType = new("video/mp4");
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (string)upload["videoKey"]!;
    }

    public async Task RunAsync(string videoKey, double position, string outputName)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/jobs") { Content = JsonContent.Create(new { videoKey, position, outputName }) };
        request.Headers.Add("Prefer", "wait=25");
        using var answer = await _http.SendAsync(request);
        var job = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        if ((string)job["status"]! != "succeeded")
            throw new InvalidOperationException(job.ToJsonString());
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    private async Task<JsonNode> CreateUploadAsync(string fileName, long sizeBytes)
    {
        using var answer = await _http.PostAsJsonAsync("/uploads", new { fileName, contentType = "video/mp4", sizeBytes });
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
