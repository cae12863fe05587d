using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Thumbnails.Client;
using Thumbnails.EndToEnd.Tests;
using Thumbnails.TestKit;
using Thumbnails.TestServers.Lambda;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Deploy.Tests;

/// <summary>
/// The API, the events function and the worker, each with its own access key, in an account where every call is recorded.
/// They perform everything that they do in AWS.
/// </summary>
public sealed class RecordedPrograms : IAsyncLifetime
{
    private readonly MotoAccount _account = new();
    private readonly ConcurrentBag<string> _delivered = [];
    private RecordingProxy? _proxy;
    private WebApplication? _receiver;

    /// <summary>Returns the permissions that a role's recorded calls require.</summary>
    internal IReadOnlyCollection<Permission> NeedsOf(string role) =>
        [.. _proxy!.Calls.Where(call => call.Caller == KeyOf(role)).SelectMany(AwsActions.Of).Distinct()];

    public async Task InitializeAsync()
    {
        await _account.InitializeAsync();
        _proxy = await RecordingProxy.StartAsync(new Uri(_account.Variables["AWS_ENDPOINT_URL"]));
        _receiver = await StartReceiverAsync();
        using var clips = new ClipLibrary();
        var clip = await clips.NumberedAsync();
        using var api = await Service.StartAsync(ProgramOf("Api"), Environment("ApiRole"));
        await using var lambda = await LoopbackLambda.StartAsync();
        using var events = new ProgramRun(ProgramOf("Api"), Environment("EventsRole", lambda));

        await api.Http.GetAsync(new Uri("readyz", UriKind.Relative));
        var video = await FromUploadToWebhookAsync(api, lambda, clip);
        await JobsThatEndOtherwiseAsync(api, lambda, video);
        await UploadsInPartsAsync(api);
    }

    public async Task DisposeAsync()
    {
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        await _account.DisposeAsync();
    }

    private async Task<string> FromUploadToWebhookAsync(Service api, LoopbackLambda events, string clip)
    {
        var (video, id) = await api.Client.UploadAsync(
            clip, new UploadOptions { Job = WholeJob(new Uri($"{_receiver!.Urls.Single()}/")) });
        await InvokeAsync(events, EventBridgeEvent.ObjectCreated(MotoAccount.Bucket, video));
        var arn = (await api.Client.GetJobAsync(id!)).Task!.Arn;
        await RunWorkerAsync(arn);
        await InvokeAsync(events, EventBridgeEvent.ObjectCreated(MotoAccount.Bucket, $"jobs/{id}/result.json"));
        await InvokeAsync(events, Stopped(arn, id!));

        var job = await api.Client.WaitAsync(id!);
        Assert.Equal(JobStatus.Succeeded, job.Status);
        // Both URLs are presigned: one by the API, the other by whichever program delivered the webhook.
        await api.Http.GetByteArrayAsync(job.Frames[0].Url);
        var delivered = Template.Objects(JsonNode.Parse(Assert.Single(_delivered)));
        await api.Http.GetByteArrayAsync(delivered.Select(member => (string?)member["url"]).OfType<string>().First());
        using var redirect = await api.Http.GetAsync(new Uri($"jobs/{id}/thumbnails/a.png", UriKind.Relative));
        Assert.StartsWith("WEBVTT", await api.Http.GetStringAsync(job.Storyboard!.Urls!.Vtt), StringComparison.Ordinal);
        await api.Http.GetByteArrayAsync(new Uri(job.Storyboard.Urls.Vtt, "0.jpg"));
        return video;
    }

    private static JobRequest WholeJob(Uri callback) => new()
    {
        Position = 1,
        OutputName = "a.png",
        Storyboard = new StoryboardRequest { Name = "a" },
        Preview = new PreviewRequest { OutputName = "a.webp" },
        CallbackUrl = callback,
    };

    private async Task JobsThatEndOtherwiseAsync(Service api, LoopbackLambda events, string video)
    {
        var refused = await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "a.png", IfExists = IfExists.Fail }, "key");
        await RunWorkerAsync(refused.Task!.Arn);
        var replacing = await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Storyboard = new StoryboardRequest { Name = "a", Format = "png" } });
        await RunWorkerAsync(replacing.Task!.Arn);
        var canceled = await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "b.png" });
        await api.Client.CancelJobAsync(canceled.Id);
        // ECS is queried only about a job whose last known state is a few seconds old.
        var waiting = await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "e.png" });
        for (var i = 0; i < 60 && !_proxy!.Calls.Any(call => call.Operation == "DescribeTasks"); i++)
        {
            await Task.Delay(500);
            await api.Client.GetJobAsync(waiting.Id);
        }

        var crashed = await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "c.png" });
        await InvokeAsync(events, Stopped(crashed.Task!.Arn, crashed.Id, exitCode: 1));

        // More than the attempts of the SDK.
        _proxy!.ThrottleRunTask(6);
        await api.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "d.png" });
        await InvokeAsync(events, EventBridgeEvent.Scheduled());
        await InvokeAsync(events, EventBridgeEvent.Scheduled());
        await foreach (var _ in api.Client.ListJobsAsync())
        {
        }

        await api.Client.GetJobsAsync(JobStatus.Failed);
    }

    private static async Task UploadsInPartsAsync(Service api)
    {
        foreach (var isCompleted in new[] { true, false })
        {
            using var created = await api.Http.PostAsJsonAsync("uploads", new { fileName = "clip.mp4", contentType = "video/mp4", sizeBytes = 10, multipart = true });
            var upload = JsonNode.Parse(await created.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
            using var content = new ByteArrayContent(new byte[10]);
            using var put = await api.Http.PutAsync(new Uri((string)upload["parts"]![0]!["url"]!), content);
            using var seen = await api.Http.GetAsync(new Uri($"uploads/{upload["uploadId"]}", UriKind.Relative));
            using var ended = isCompleted
                ? await api.Http.PostAsJsonAsync($"uploads/{upload["uploadId"]}/complete", new { parts = new[] { new { number = 1, eTag = put.Headers.ETag!.ToString() } } })
                : await api.Http.DeleteAsync(new Uri($"uploads/{upload["uploadId"]}", UriKind.Relative));
            Assert.True(seen.IsSuccessStatusCode && ended.IsSuccessStatusCode);
        }
    }

    private async Task<WebApplication> StartReceiverAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context => _delivered.Add(await new StreamReader(context.Request.Body).ReadToEndAsync()));
        await app.StartAsync();
        return app;
    }

    private async Task RunWorkerAsync(string arn)
    {
        var environment = Environment("TaskRole");
        foreach (var (name, value) in await _account.EnvironmentOfAsync(arn))
            environment[name] = value;
        var (code, lines) = await ProgramRun.ToEndAsync(ProgramOf("Worker"), environment);
        Assert.True(code == 0, string.Join('\n', lines));
    }

    private Dictionary<string, string> Environment(string role, LoopbackLambda? lambda = null)
    {
        var environment = new Dictionary<string, string>(lambda?.Environment ?? new Dictionary<string, string>());
        var settings = role == "TaskRole" ? [] : new Dictionary<string, string>
        {
            ["Storage__Bucket"] = MotoAccount.Bucket,
            ["Auth__AllowAnonymous"] = "true",
            ["Runner__Kind"] = "fargate",
            ["Fargate__Cluster"] = MotoAccount.Cluster,
            ["Fargate__TaskDefinition"] = MotoAccount.Family,
            ["Fargate__Subnets"] = _account.Subnet,
            ["Webhooks__Secret"] = "whsec_" + Convert.ToBase64String(new byte[48]),
            ["Webhooks__AllowPrivateAddresses"] = "true",
        };
        if (lambda is not null)
            settings["Lambda__Function"] = "events";
        foreach (var (name, value) in _account.Variables.Concat(settings))
            environment[name] = value;
        environment["AWS_ENDPOINT_URL"] = _proxy!.Url;
        environment["AWS_ACCESS_KEY_ID"] = KeyOf(role);
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        return environment;
    }

    private static string KeyOf(string role) => role.ToUpperInvariant();

    private static string ProgramOf(string name) =>
        Repository.PathOf($"src/Thumbnails.{name}/bin/{new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name}/net10.0/Thumbnails.{name}");

    private static async Task InvokeAsync(LoopbackLambda events, JsonObject sent) => Assert.Null((await events.InvokeAsync(sent.ToJsonString())).Error);

    private static JsonObject Stopped(string arn, string id, int exitCode = 0) => EventBridgeEvent.TaskStateChange(new TaskStateChange
    {
        TaskArn = arn,
        ClusterArn = $"arn:aws:ecs:eu-central-1:123456789012:cluster/{MotoAccount.Cluster}",
        StartedBy = id,
        LastStatus = "STOPPED",
        DesiredStatus = "STOPPED",
        StopCode = "EssentialContainerExited",
        Containers = [new ContainerState("worker", "STOPPED", exitCode)],
    });
}
