using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Thumbnails.Api.Tests.Webhooks;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>Compares the OpenAPI document with the service. ContractHandler checks the responses in all other tests.</summary>
public sealed class DocumentTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    private readonly HashSet<string> _seen = [];

    [Fact]
    public async Task Every_response_in_the_OpenAPI_document_occurs_and_matches_its_schema()
    {
        using var service = new Service(("Webhooks:Secret", WebhookBench.Secret));
        var contract = await ContractAsync(service);
        var client = new Recorder(service, contract, _seen);
        await UploadAsync(client);
        await RunJobsAsync(client);
        await ViewAsync(client);
        foreach (var operation in contract.Operations.Where(operation => operation.RequestExample is not null))
            await SendBadBodiesAsync(client, operation);
        await PutIntoMissingStoreAsync(client);
        await SendWithoutKeyAsync(contract);
        await SendWithoutStoreAsync(contract);

        // The remaining responses follow a redirect, come from a gateway, or need two simultaneous requests.
        var documented = contract.Operations.SelectMany(operation => operation.Responses.SelectMany(response => Kinds(operation, response.Key, response.Value!)));
        var missing = documented.Except([.. _seen, "GetThumbnail 200", "GetStoryboardSheet 200", "CreateJob 409 idempotency_in_flight"]).Where(kind => !kind.Contains(" 429 ", StringComparison.Ordinal));
        Assert.Equal([], missing);
    }

    [Fact]
    public async Task Every_example_in_the_OpenAPI_document_matches_its_schema()
    {
        using var service = new Service();
        Assert.All((await ContractAsync(service)).Operations, operation => operation.CheckExamples());
    }

    [Theory]
    [InlineData("alice", """[{"ApiKey":[]},{"ApiKey":[],"Bearer":[]}]""")]
    [InlineData(null, """[{},{"Bearer":[]}]""")]
    public async Task The_OpenAPI_document_lists_every_authentication_scheme(string? caller, string security)
    {
        using var service = caller is null ? new Service() : new Service(("Auth:ApiKeys", $"{caller}={new string('0', 64)}"));
        using var response = await service.SendAsync(HttpMethod.Get, "/swagger/v1/swagger.json");

        Assert.Equal(security, (await response.JsonAsync())["security"]!.ToJsonString());
    }

    private static async Task<ApiContract> ContractAsync(Service service)
    {
        using var response = await service.SendAsync(HttpMethod.Get, "/swagger/v1/swagger.json");
        return new ApiContract(await response.JsonAsync());
    }

    private static IEnumerable<string> Kinds(ApiOperation operation, string status, JsonNode response) =>
        response["content"]?["application/problem+json"]?["examples"]?.AsObject().Select(example => $"{operation.Id} {status} {example.Key}")
        ?? [$"{operation.Id} {status}"];

    private static async Task UploadAsync(Recorder client)
    {
        await client.SendAsync("GET", "/healthz");
        await client.SendAsync("GET", "/readyz");
        var upload = await BeginPartsAsync(client);
        await client.SendAsync("GET", $"/uploads/{upload["uploadId"]}");
        var complete = await PutPartAsync(client, upload);
        await client.SendAsync("POST", $"/uploads/{upload["uploadId"]}/complete", complete);
        await client.SendAsync("PUT", (string)upload["parts"]![0]!["url"]!, new StringContent("hello"));

        var late = await BeginPartsAsync(client);
        var taken = Path.Combine(client.Service.Root, (string)late["videoKey"]!);
        Directory.CreateDirectory(Path.GetDirectoryName(taken)!);
        await File.WriteAllTextAsync(taken, "there");
        await client.SendAsync("POST", $"/uploads/{late["uploadId"]}/complete", await PutPartAsync(client, late));
        await client.SendAsync("DELETE", $"/uploads/{late["uploadId"]}");
        await client.SendAsync("POST", "/uploads/x/complete", complete);
        await client.SendAsync("GET", "/uploads/x");
        await client.SendAsync("DELETE", "/uploads/x");
        await PutObjectAsync(client);
    }

    // As a client sends it that fills in the path of the document: with the slashes of the key encoded.
    private static async Task PutObjectAsync(Recorder client)
    {
        var upload = await client.SendAsync("POST", "/uploads", """{"fileName":"a%2Fb.mp4","contentType":"video/mp4","sizeBytes":5}""");
        var query = new Uri((string)upload!["url"]!).Query;
        var path = $"/objects/{Uri.EscapeDataString((string)upload["videoKey"]!)}";
        foreach (var (url, body) in ((string, string)[])[(path, "hello"), (path + query, "hell"), (path + query, "hello"), (path + query, "hello")])
            await client.SendAsync("PUT", url, new StringContent(body, new MediaTypeHeaderValue("video/mp4")));
        Assert.Equal("hello", await File.ReadAllTextAsync(Path.Combine(client.Service.Root, (string)upload["videoKey"]!)));
    }

    private static async Task<JsonNode> BeginPartsAsync(Recorder client) =>
        (await client.SendAsync("POST", "/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5,"multipart":true}"""))!;

    private static async Task<string> PutPartAsync(Recorder client, JsonNode upload)
    {
        using var sent = await client.Service.SendAsync(HttpMethod.Put, (string)upload["parts"]![0]!["url"]!, new StringContent("hello"));
        return new JsonObject { ["parts"] = new JsonArray(new JsonObject { ["number"] = 1, ["eTag"] = $"{sent.Headers.ETag}" }) }.ToJsonString();
    }

    private async Task RunJobsAsync(Recorder client)
    {
        var video = await client.Service.UploadAsync(await clips.NumberedAsync());
        var body = $$"""{"videoKey":"{{video}}","position":1,"outputName":"a.png"}""";
        var id = (await client.SendAsync("POST", "/jobs", body, ("Idempotency-Key", "1")))!["id"]!;
        await client.SendAsync("POST", "/jobs", body.Replace("a.png", "b.png", StringComparison.Ordinal), ("Idempotency-Key", "1"));
        await client.Service.EndedAsync(id);
        await client.SendAsync("POST", "/jobs", body, ("Idempotency-Key", "1"), ("Prefer", "wait=25"));
        await client.SendAsync("POST", "/jobs", body.Replace("clip", "other", StringComparison.Ordinal));
        await client.SendAsync("GET", "/jobs");
        await client.SendAsync("GET", "/jobs?limit=0");
        await client.SendAsync("GET", $"/jobs/{id}");
        await client.SendAsync("GET", "/jobs/x");
        await client.SendAsync("GET", $"/jobs/{id}/thumbnails/a.png");
        await client.SendAsync("GET", $"/jobs/{id}/thumbnails/b.png");
        await client.SendAsync("GET", "/jobs/x/thumbnails/a.png");
        await client.SendAsync("DELETE", $"/jobs/{id}");
        await client.SendAsync("DELETE", "/jobs/x");
        await client.SendAsync("POST", $"/jobs/{id}/webhook/redeliver");
        await client.SendAsync("POST", "/jobs/x/webhook/redeliver");
        // The receiver is not a public address, so nothing is sent to it.
        var upload = await client.SendAsync("POST", "/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5,"job":{"position":"auto","outputName":"c.webp","callbackUrl":"https://127.0.0.1/"}}""");
        await client.SendAsync("POST", $"/jobs/{upload!["jobId"]}/webhook/redeliver");
        await client.SendAsync("DELETE", $"/jobs/{upload["jobId"]}");
        await client.SendAsync("POST", $"/jobs/{upload["jobId"]}/webhook/redeliver");
        await File.WriteAllTextAsync(Path.Combine(client.Service.Root, "jobs", (string)id!, "job.json"), "{");
        foreach (var (method, path) in ((string, string)[])[("GET", ""), ("DELETE", ""), ("GET", "/thumbnails/a.png"), ("POST", "/webhook/redeliver")])
            await client.SendAsync(method, $"/jobs/{id}{path}");
    }

    private static async Task ViewAsync(Recorder client)
    {
        var seed = await StoryboardSeed.PutAsync(client.Service, sheets: 1);
        foreach (var folder in (string[])[seed.Folder, "/view/x/"])
        {
            foreach (var file in (string[])["storyboard.vtt", "storyboard.m3u8", "storyboard.mpd", "storyboard.adaptationset.xml", "storyboard.json", "storyboard.json?format=mux", "storyboard.json?format=x", "0.jpg"])
                await client.SendAsync("GET", folder + file);
        }
    }

    private static async Task PutIntoMissingStoreAsync(Recorder client)
    {
        var upload = await client.SendAsync("POST", "/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5}""");
        Directory.Delete(client.Service.Root, recursive: true);
        await client.SendAsync("PUT", (string)upload!["url"]!, new StringContent("hello", new MediaTypeHeaderValue("video/mp4")));
    }

    private static async Task SendBadBodiesAsync(Recorder client, ApiOperation operation)
    {
        await client.SendAsync(operation.Method, operation.Path, "{}");
        await client.SendAsync(operation.Method, operation.Path, new string(' ', 300_000));
        await client.SendAsync(operation.Method, operation.Path, new StringContent("{}", Encoding.UTF8, "text/plain"));
    }

    private async Task SendWithoutKeyAsync(ApiContract contract)
    {
        using var service = new Service(("Auth:ApiKeys", $"alice={new string('0', 64)}"));
        var client = new Recorder(service, contract, _seen);
        foreach (var operation in contract.Operations.Where(operation => operation.Responses.ContainsKey("401")))
            await client.SendAsync(operation.Method, operation.Path, operation.RequestExample?.ToJsonString());
    }

    private async Task SendWithoutStoreAsync(ApiContract contract)
    {
        Exception? failure = null;
        using var service = new Service((root, services) => FailingStore.Add(services, root, () => failure));
        var client = new Recorder(service, contract, _seen);
        var upload = await BeginPartsAsync(client);
        foreach (var exception in (Exception[])[new StorageException("The disk is full."), new InvalidOperationException()])
        {
            failure = exception;
            foreach (var operation in contract.Operations.Where(operation => operation.Responses.ContainsKey("503") && (operation.Id != "Readiness" || exception is StorageException)))
            {
                var path = operation.Path.Replace("{uploadId}", (string)upload["uploadId"]!, StringComparison.Ordinal)
                    .Replace("{id}", "7zpbgm5v1k6j3c0w8t2x4n9qra", StringComparison.Ordinal)
                    .Replace("{token}", "7zpbgm5v1k6j3c0w8t2x4n9qra.x", StringComparison.Ordinal);
                // A single-part upload uses the store only once a job awaits it.
                await client.SendAsync(operation.Method, path, operation.RequestExample?.ToJsonString());
            }
        }
    }

    /// <summary>Sends requests and records the kinds of their responses.</summary>
    private sealed class Recorder(Service service, ApiContract contract, HashSet<string> seen)
    {
        public Service Service => service;

        public Task<JsonNode?> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
            SendAsync(method, path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), headers);

        public async Task<JsonNode?> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
        {
            using var response = await service.SendAsync(new HttpMethod(method), path, content, headers);
            var status = (int)response.StatusCode;
            path = new Uri(service.Client.BaseAddress!, path).AbsolutePath;
            var json = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? await response.JsonAsync() : null;
            var code = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? $" {json!["code"]}" : "";
            seen.Add($"{contract.Find(new HttpMethod(method), path)!.Id} {status}{code}");
            return json;
        }
    }
}
