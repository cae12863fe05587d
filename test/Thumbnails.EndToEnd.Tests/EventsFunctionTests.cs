using System.Text.Json.Nodes;
using Thumbnails.Client;
using Thumbnails.TestKit;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published program as the Lambda function that EventBridge invokes, with S3 and ECS in moto.</summary>
public sealed class EventsFunctionTests(MotoAccount account, ClipLibrary clips) : IClassFixture<MotoAccount>, IClassFixture<ClipLibrary>
{
    [Fact]
    public async Task An_upload_event_starts_its_job_and_no_signature_is_logged()
    {
        await using var function = await StartAsync();
        using var service = await PublishedService.StartAsync(ServiceEnvironment());
        var (video, job) = await UploadAsync(service);
        var id = job!;

        for (var i = 0; i < 2; i++)
            await InvokeAsync(function, EventBridgeEvent.ObjectCreated(MotoAccount.Bucket, video));
        var started = Logged(await function.Run.LineAsync(line => line.Contains("Started job", StringComparison.Ordinal)));
        Assert.Equal(id, (string)started["JobId"]!);
        var arn = (string)started["Arn"]!;
        await RunWorkerAsync(arn);

        await InvokeAsync(function, EventBridgeEvent.ObjectCreated(MotoAccount.Bucket, $"jobs/{id}/result.json"));
        await InvokeAsync(function, Stopped(arn, id));
        await InvokeAsync(function, EventBridgeEvent.Scheduled());
        await InvokeAsync(function, EventBridgeEvent.ObjectCreated("another-bucket", "a"));
        var thumbnail = Logged(await function.Run.LineAsync(line => line.Contains("made the thumbnail", StringComparison.Ordinal)));
        Assert.Equal($"s3://{MotoAccount.Bucket}/thumbnails/events/8.png", (string)thumbnail["Location"]!);
        var ended = await service.Client.WaitAsync(id);
        Assert.Equal((JobStatus.Succeeded, arn), (ended.Status, ended.Task!.Arn));

        Assert.Equal(0, await function.Run.TerminateAsync());
        Assert.Single(function.Run.Lines, line => line.Contains("Started job", StringComparison.Ordinal));
        Assert.DoesNotContain(function.Run.Lines, line => line.Contains("X-Amz-", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(function.Lambda.Violations);
    }

    [Fact]
    public async Task A_failed_event_is_reported_to_Lambda_and_the_function_continues()
    {
        await using var function = await StartAsync(("Storage__Bucket", "not-our-bucket"));

        var scheduled = EventBridgeEvent.Scheduled().ToJsonString();
        for (var i = 0; i < 2; i++)
            Assert.NotNull((await function.Lambda.InvokeAsync(scheduled)).Error);
        await InvokeAsync(function, []);
        Assert.Empty(function.Lambda.Violations);
    }

    [Fact]
    public async Task An_events_function_outside_Lambda_does_not_start()
    {
        var (code, lines) = await ProgramRun.ToEndAsync(Published.Api, new Dictionary<string, string>(ServiceEnvironment()) { ["Lambda__Function"] = "events" });

        Assert.Equal(2, code);
        Assert.Equal("Lambda:Function must not be events outside AWS Lambda, because nothing sends events there", Assert.Single(lines));
    }

    // The function has no HTTP callers, so it needs no authentication.
    private Task<PublishedFunction> StartAsync(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>(ServiceEnvironment()) { ["Lambda__Function"] = "events", ["Auth__AllowAnonymous"] = "" };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return PublishedFunction.StartAsync(environment);
    }

    private Dictionary<string, string> ServiceEnvironment()
    {
        var environment = new Dictionary<string, string>(PublishedFunction.Settings);
        foreach (var (name, value) in account.Variables)
            environment[name] = value;
        environment["Fargate__Subnets"] = account.Subnet;
        environment["Auth__AllowAnonymous"] = "true";
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
        return environment;
    }

    private async Task<UploadedVideo> UploadAsync(Service service) => await service.Client.UploadAsync(
        await clips.NumberedAsync(), new UploadOptions { Job = new JobRequest { Position = "00:08", OutputName = "events/8.png" } });

    private static async Task InvokeAsync(PublishedFunction function, JsonObject sent) =>
        Assert.Null((await function.Lambda.InvokeAsync(sent.ToJsonString())).Error);

    private static JsonObject Stopped(string arn, string id) => EventBridgeEvent.TaskStateChange(new TaskStateChange
    {
        TaskArn = arn,
        ClusterArn = $"arn:aws:ecs:eu-central-1:123456789012:cluster/{MotoAccount.Cluster}",
        StartedBy = id,
        LastStatus = "STOPPED",
        DesiredStatus = "STOPPED",
        StopCode = "EssentialContainerExited",
        Containers = [new ContainerState("worker", "STOPPED", 0)],
    });

    private async Task RunWorkerAsync(string arn)
    {
        var variables = new Dictionary<string, string>(account.Variables);
        foreach (var (name, value) in await account.EnvironmentOfAsync(arn))
            variables[name] = value;
        var (code, lines) = await ProgramRun.ToEndAsync(Published.Worker, variables);
        Assert.True(code == 0, string.Join('\n', lines));
    }

    private static JsonNode Logged(string line) => JsonNode.Parse(line)!;
}
