using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>The API on a real port, with its own data folder.</summary>
public sealed class Service : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly WebApplicationFactory<Program> _factory;

    public Service(params (string Name, string Value)[] settings)
        : this(null, [.. settings.Select(setting => (setting.Name, (string?)setting.Value))])
    {
    }

    /// <param name="services">Replaces services of the API.</param>
    /// <param name="settings">The settings; a null value removes a default.</param>
    public Service(Action<string, IServiceCollection>? services, params (string Name, string? Value)[] settings)
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Storage:Root", Root);
            host.UseSetting("Runner:WorkerPath", Path.Combine(AppContext.BaseDirectory, "Thumbnails.Worker"));
            foreach (var (name, value) in settings)
                host.UseSetting(name, value);
            if (services is not null)
                host.ConfigureServices(collection => services(Root, collection));
        });
        _factory.UseKestrel();
        _factory.StartServer();
        Client = new HttpClient(new ContractHandler(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            BaseAddress = new Uri(Get<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()),
        };
    }

    public string Root => _folder["data"];

    public HttpClient Client { get; }

    public T Get<T>()
        where T : notnull => (T)_factory.Services.GetService(typeof(T))!;

    public void Dispose()
    {
        Client.Dispose();
        _factory.Dispose();
        _folder.Dispose();
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>Uploads a file as a client would.</summary>
    /// <returns>The key of the video.</returns>
    public async Task<string> UploadAsync(string path, string fileName = "clip.mp4")
    {
        var upload = await CreateUploadAsync(fileName, new FileInfo(path).Length);
        await using var file = File.OpenRead(path);
        using var response = await PutAsync(upload, new StreamContent(file));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (string)upload["videoKey"]!;
    }

    /// <param name="fileName">The file name of the video.</param>
    /// <param name="sizeBytes">The size of the video.</param>
    /// <param name="more">Further members of the request: <c>,"name":value</c>.</param>
    public async Task<JsonNode> CreateUploadAsync(string fileName, long sizeBytes, string more = "")
    {
        using var response = await PostAsync("/uploads", $$"""{"fileName":"{{fileName}}","contentType":"video/mp4","sizeBytes":{{sizeBytes}}{{more}}}""");
        Assert.Equal(201, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    public async Task<HttpResponseMessage> PutAsync(JsonNode upload, HttpContent content)
    {
        using var request = new HttpRequestMessage(new HttpMethod((string)upload["method"]!), (string)upload["url"]!) { Content = content };
        foreach (var (name, value) in upload["headers"]!.AsObject())
        {
            if (!request.Headers.TryAddWithoutValidation(name, (string)value!))
                content.Headers.TryAddWithoutValidation(name, (string)value!);
        }

        return await Client.SendAsync(request);
    }

    public async Task<JsonNode> JobAsync(JsonNode id, int wait = 0)
    {
        using var response = await SendAsync(HttpMethod.Get, $"/jobs/{id}", null, ("Prefer", $"wait={wait}"));
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    /// <summary>Waits for the end of a job, without a timeout.</summary>
    public async Task<JsonNode> EndedAsync(JsonNode id)
    {
        JsonNode job;
        do
            job = await JobAsync(id, wait: 25);
        while (job["finishedAt"] is null);
        return job;
    }

    /// <summary>Creates a job and waits for its end.</summary>
    public async Task<JsonNode> RunAsync(string json)
    {
        using var response = await PostAsync("/jobs", json, ("Prefer", "wait=25"));
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }
}

internal static class ResponseExtensions
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonNode>())!;

    /// <summary>Asserts that a response is a well-formed problem and returns its code.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, int status) =>
        (string)(await response.ProblemBodyAsync(status))["code"]!;

    /// <summary>Returns the invalid members that a problem response lists, in order.</summary>
    public static async Task<IEnumerable<string>> FaultsAsync(this HttpResponseMessage response)
    {
        var problem = await response.ProblemBodyAsync(400);
        Assert.Equal("validation_failed", (string)problem["code"]!);
        return problem["errors"]!.AsObject().Select(error => error.Key).Order();
    }

    private static async Task<JsonNode> ProblemBodyAsync(this HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.JsonAsync();
        Assert.Equal(status, (int)problem["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)problem["detail"]));
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["traceId"]);
        return problem;
    }
}
