using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published service, reached only through its HTTP API.</summary>
internal sealed class PublishedService : IDisposable
{
    private readonly HttpClient _http;

    private PublishedService(ProgramRun run, Uri address)
    {
        Run = run;
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public ProgramRun Run { get; }

    public Uri Address => _http.BaseAddress!;

    public static Task<PublishedService> StartAsync(string root, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["Storage__Root"] = root };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return StartAsync(environment);
    }

    public static async Task<PublishedService> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var run = new ProgramRun(Published.Api, environment);
        var line = await run.LineAsync(line => line.Contains("\"address\"", StringComparison.Ordinal));
        return new PublishedService(run, new Uri((string)JsonNode.Parse(line)!["address"]!));
    }

    public void Dispose()
    {
        _http.Dispose();
        Run.Dispose();
    }

    public Task<string> GetTextAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public Task<byte[]> GetBytesAsync(string url) => _http.GetByteArrayAsync(new Uri(url));

    /// <returns>The video's key.</returns>
    public async Task<string> UploadAsync(string path) => (string)(await UploadAsync(path, ""))["videoKey"]!;

    /// <param name="path">The video.</param>
    /// <param name="more">Further members of the request: <c>,"name":value</c>.</param>
    public async Task<JsonNode> UploadAsync(string path, string more)
    {
        var (_, upload) = await SendAsync(HttpMethod.Post, "/uploads", $$"""{"fileName":"clip.mp4","contentType":"video/mp4","sizeBytes":{{new FileInfo(path).Length}}{{more}}}""");
        await using var file = File.OpenRead(path);
        using var request = new HttpRequestMessage(HttpMethod.Put, (string)upload["url"]!) { Content = new StreamContent(file) };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string)value!))
                request.Content.Headers.TryAddWithoutValidation(name, (string)value!);
        }

        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return upload;
    }

    public async Task<JsonNode> WaitAsync(string id)
    {
        JsonNode job;
        do
            (_, job) = await SendAsync(HttpMethod.Get, $"/jobs/{id}", null, wait: 25);
        while ((string)job["status"]! is "awaiting_upload" or "queued" or "starting" or "running");
        return job;
    }

    public async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string path, string? json, int? wait = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (wait is not null)
            request.Headers.TryAddWithoutValidation("Prefer", $"wait={wait}");
        using var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
    }
}
