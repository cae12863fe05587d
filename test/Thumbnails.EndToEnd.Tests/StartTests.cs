using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

public sealed class StartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Invalid_settings_stop_the_service_and_are_all_reported()
    {
        var (code, lines) = await ProgramRun.ToEndAsync(Published.Api, new Dictionary<string, string>
        {
            ["Storage__Root"] = _folder["data"],
            ["Runner__Kind"] = "kubernetes",
            ["Runner__WorkerPath"] = _folder["nothing"],
            ["Runner__MaxParallel"] = "0",
            ["Runner__TimoutSeconds"] = "5",
            ["Uploads__MaxBytes"] = "20 GiB",
        });

        Assert.Equal(2, code);
        Assert.Equal(
            ["Runner:Kind", "Runner:MaxParallel", "Runner:TimoutSeconds", "Runner:WorkerPath", "Uploads:MaxBytes"],
            lines.Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "http://0.0.0.0:0")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:0;http://*:0")]
    [InlineData("URLS", "http://thumbs.example:0")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "0")]
    [InlineData("Kestrel__Endpoints__Http__Url", "http://[::]:0")]
    public async Task A_publicly_reachable_service_does_not_start_without_authentication(string setting, string value)
    {
        var (code, lines) = await ProgramRun.ToEndAsync(
            Published.Api, new Dictionary<string, string> { ["Storage__Root"] = _folder["data"], [setting] = value });

        Assert.Equal(2, code);
        Assert.Single(lines, line => line.StartsWith("Auth:ApiKeys ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_port_in_use_stops_the_service_and_reports_the_setting()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (code, lines) = await ProgramRun.ToEndAsync(
            Published.Api, new Dictionary<string, string> { ["Storage__Root"] = _folder["data"], ["ASPNETCORE_URLS"] = $"http://{other.LocalEndpoint}" });

        Assert.Equal(2, code);
        Assert.Single(lines, line => line.StartsWith("ASPNETCORE_URLS ", StringComparison.Ordinal) && line.Contains($"{other.LocalEndpoint}", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_out_of_file_descriptors_pauses_and_resumes()
    {
        using var run = new ProgramRun(
            "/bin/sh",
            new Dictionary<string, string> { ["Storage__Root"] = _folder["data"], ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
            "-c", "ulimit -n 64; exec \"$0\"", Published.Api);
        var line = await run.LineAsync(line => line.Contains("\"address\"", StringComparison.Ordinal));
        var address = new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!);
        var connections = new List<TcpClient>();
        for (var i = 0; i < 80; i++)
            connections.Add(new TcpClient(address.Host, address.Port));
        await run.LineAsync(line => line.Contains("limit of open files", StringComparison.Ordinal));
        connections.ForEach(connection => connection.Dispose());

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(address, "/healthz"))).StatusCode);
    }

    [Fact]
    public async Task An_invalid_environment_stops_the_worker_and_is_reported_in_full()
    {
        var (code, lines) = await ProgramRun.ToEndAsync(Published.Worker, new Dictionary<string, string>
        {
            ["INPUT_VIDEO_FILE_URL"] = "/nothing.mp4",
            ["POSITION_TIME_DURATION"] = "soon",
            ["OUTPUT_THUMBS_FILE_NAME"] = "a.gif",
        });

        Assert.Equal(2, code);
        Assert.Equal(3, lines.Count);
        Assert.All(
            lines.Zip(["POSITION_TIME_DURATION", "OUTPUT_THUMBS_FILE_NAME", "OUTPUT_S3_PATH"]),
            pair => Assert.Contains(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_worker_can_be_run_by_hand()
    {
        await NumberedClip.CreateAsync(_folder["clip.mp4"], 60);
        var environment = new Dictionary<string, string>
        {
            ["INPUT_VIDEO_FILE_URL"] = _folder["clip.mp4"],
            ["POSITION_TIME_DURATION"] = "00:01",
            ["OUTPUT_THUMBS_FILE_NAME"] = "a/b.png",
            ["OUTPUT_S3_PATH"] = _folder["out"],
        };
        var (code, _) = await ProgramRun.ToEndAsync(Published.Worker, environment);

        Assert.Equal(0, code);
        Assert.Equal(30, NumberedClip.Read(_folder["out/a/b.png"]));
        Assert.Single(Directory.GetFileSystemEntries(_folder["out"], "*", SearchOption.AllDirectories), File.Exists);

        environment["POSITION_TIME_DURATION"] = "1:00:00";
        var (failed, lines) = await ProgramRun.ToEndAsync(Published.Worker, environment);
        Assert.Equal(1, failed);
        Assert.Contains(lines, line => line.Contains("position_out_of_range", StringComparison.Ordinal));
    }
}
