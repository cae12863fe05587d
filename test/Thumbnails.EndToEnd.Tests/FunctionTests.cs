using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Thumbnails.TestKit;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published API as a Lambda function, without an AWS account.</summary>
public sealed class FunctionTests
{
    private const string Upload = """{"fileName":"clip.mp4","contentType":"video/mp4","sizeBytes":1000}""";

    [Fact]
    public async Task The_function_handles_the_documented_HTTP_API_event()
    {
        await using var function = await PublishedFunction.StartAsync();
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Samples", "http-api.json")))!;

        var unchanged = HttpApiAnswer.Of(await function.Lambda.InvokeAsync(sample.ToJsonString()));
        sample["requestContext"]!["http"]!["path"] = "/uploads";
        sample["headers"]!["content-type"] = "application/json";
        sample["body"] = Upload;
        var upload = HttpApiAnswer.Of(await function.Lambda.InvokeAsync(sample.ToJsonString()));

        Assert.Equal((404, "not_found"), (unchanged.Status, (string)JsonNode.Parse(unchanged.Text)!["code"]!));
        Assert.Equal("application/problem+json", unchanged.Headers["Content-Type"]);
        Assert.Equal((201, false), (upload.Status, upload.WasBase64));
        Assert.StartsWith("https://videos-of-ours.s3", (string)JsonNode.Parse(upload.Text)!["url"]!, StringComparison.Ordinal);
        Assert.Empty(function.Lambda.Violations);
    }

    [Theory]
    [InlineData("swagger/favicon-32x32.png", null)]
    [InlineData("swagger/swagger-ui-bundle.js", "gzip")]
    [InlineData("favicon.ico", null)]
    public async Task Static_files_are_served_unchanged_under_a_stage(string path, string? encoding)
    {
        using var folder = new TempFolder();
        using var service = await PublishedService.StartAsync(folder["data"]);
        await using var function = await PublishedFunction.StartAsync();
        var headers = new Dictionary<string, string>();
        if (encoding is not null)
            headers["accept-encoding"] = encoding;

        var expected = await service.Http.GetByteArrayAsync(path);
        var response = await function.SendAsync(new HttpApiEvent { Path = $"/prod/{path}", Stage = "prod", Headers = headers });

        Assert.Equal((200, true), (response.Status, response.WasBase64));
        Assert.Equal(expected, await DecodedAsync(response));
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/page/main.js", 200)]
    [InlineData("/page/..%2Fjobs", 404)]
    [InlineData("/page/../jobs", 401)]
    [InlineData("/page/%2e%2e/jobs", 401)]
    [InlineData("/swagger/../jobs", 401)]
    [InlineData("/view/x/storyboard.vtt", 404)]
    [InlineData("/view/../jobs", 401)]
    [InlineData("/jobs", 401)]
    public async Task Unauthorized_requests_reach_only_the_page(string path, int status)
    {
        await using var function = await PublishedFunction.StartAsync();

        Assert.Equal(status, (await function.SendAnyAsync(new HttpApiEvent { Path = path })).Status);
    }

    [Fact]
    public async Task A_request_body_that_is_too_large_returns_413()
    {
        await using var function = await PublishedFunction.StartAsync();

        var (response, problem) = await function.SendJsonAsync("POST", "/uploads", $$"""{"fileName":"{{new string('x', 300_000)}}"}""");

        Assert.Equal((413, "validation_failed"), (response.Status, (string)problem["code"]!));
    }

    [Fact]
    public async Task A_request_blocked_on_S3_returns_504_and_the_function_continues()
    {
        // The kernel accepts connections, but nothing ever responds.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var function = await PublishedFunction.StartAsync(
            new Dictionary<string, string> { ["AWS_ENDPOINT_URL_S3"] = $"http://{silent.LocalEndpoint}" }, secondsLeft: 5);

        var late = await function.SendAsync(new HttpApiEvent { Path = "/jobs/01h8zkx2v6w3m9t4q7y5b0r1ca" });
        var next = await function.SendAsync(new HttpApiEvent { Path = "/healthz" });

        Assert.Equal((504, 200), (late.Status, next.Status));
        Assert.Empty(function.Lambda.Violations);
    }

    [Fact]
    public async Task The_function_logs_JSON_with_invocation_and_trace_IDs()
    {
        await using var function = await PublishedFunction.StartAsync();

        var outcome = await function.Lambda.InvokeAsync(new HttpApiEvent { Path = "/nowhere", Query = "secret=1" }.ToJson());
        var line = JsonNode.Parse(await function.Run.LineAsync(line => line.Contains("/nowhere", StringComparison.Ordinal)))!;

        Assert.Equal(outcome.RequestId, (string)line["RequestId"]!);
        Assert.Equal("5bef4de7ad49b0e87f6ef6c87fc2e700", (string)line["@tr"]!);
        Assert.All(function.Run.Lines, line => Assert.NotNull(JsonNode.Parse(line)));
        Assert.DoesNotContain(function.Run.Lines, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_requests_do_not_increase_memory_use()
    {
        await using var function = await PublishedFunction.StartAsync();
        await InvokeAsync(function, 3000);
        var before = function.Run.Memory("VmRSS");
        await InvokeAsync(function, 10_000);

        Assert.InRange(function.Run.Memory("VmRSS") - before, long.MinValue, 4096);
        Assert.Empty(function.Lambda.Violations);
    }

    [Fact]
    public async Task SIGTERM_stops_the_function_immediately()
    {
        await using var function = await PublishedFunction.StartAsync();
        await function.Lambda.Ready;

        Assert.Equal(0, await function.Run.TerminateAsync());
        await function.Lambda.Gone;
    }

    [Fact]
    public async Task A_function_restored_from_a_snapshot_responds()
    {
        await using var function = await PublishedFunction.StartAsync(snapStart: true);
        function.Lambda.Restore();

        Assert.Equal(200, (await function.SendAsync(new HttpApiEvent { Path = "/healthz" })).Status);
        Assert.Empty(function.Lambda.Violations);
    }

    [Fact]
    public async Task Local_settings_are_reported_to_Lambda_as_an_initialization_error()
    {
        await using var function = await PublishedFunction.StartAsync(
            new Dictionary<string, string> { ["Storage__Bucket"] = "", ["Runner__Kind"] = "local", ["Uploads__MaxBytes"] = "much" });

        Assert.Equal(2, await function.Run.EndAsync());
        var error = await function.Lambda.InitError;
        Assert.Equal("SettingsException", error.Type);
        Assert.All(
            (string[])["Storage:Bucket must be set in AWS Lambda", "Runner:Kind must be fargate in AWS Lambda", "Uploads:MaxBytes"],
            fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
        Assert.Empty(function.Lambda.Violations);
    }

    private static async Task InvokeAsync(PublishedFunction function, int times)
    {
        var request = new HttpApiEvent { Path = "/healthz" }.ToJson();
        for (var time = 0; time < times; time++)
            Assert.Null((await function.Lambda.InvokeAsync(request)).Error);
    }

    private static async Task<byte[]> DecodedAsync(HttpApiAnswer response)
    {
        if (!response.Headers.TryGetValue("Content-Encoding", out var encoding))
            return response.Body;
        Assert.Equal("gzip", encoding);
        using var decoded = new MemoryStream();
        await using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(response.Body), System.IO.Compression.CompressionMode.Decompress);
        await gzip.CopyToAsync(decoded);
        return decoded.ToArray();
    }
}
