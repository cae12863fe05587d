using System.Text.Json.Nodes;
using Thumbnails.Api.Events;
using Thumbnails.Core.Jobs;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Api.Tests;

/// <summary>The events and stored records that the events function can and cannot read.</summary>
public sealed class EventInputTests : EventTestBase
{
    public static TheoryData<string> UnknownEvents =>
    [
        "{}", "null", "7", "[]", "", """{"detail-type":"Object Created","source":"aws.s3"}""",
        """{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{},"object":{"key":"a"}}}""",
        """{"detail-type":"Object Created","source":"aws.s3","detail":null}""",
        """{"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"lastStatus":"STOPPED"}}""",
        """{"detail-type":"Object Deleted","source":"aws.s3","detail":{"bucket":{"name":"bucket"},"object":{"key":"videos/a"}}}""",
        """{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","detail":{}}""",
    ];

    [Theory]
    [MemberData(nameof(UnknownEvents))]
    public async Task An_unknown_event_is_ignored(string payload)
    {
        var received = await ReadAsync(payload);

        Assert.IsType<ServiceEvent.Unknown>(received);
        await Api.Get<EventDispatcher>().DispatchAsync(received, default);
    }

    [Fact]
    public async Task An_event_for_an_unrelated_object_is_ignored()
    {
        var upload = await UploadAsync();
        string[] keys = ["videos/x", "videos/x/y.mp4", $"videos/{JobId.New(Clock)}/a.mp4", $"jobs/{upload["jobId"]}/job.json", $"jobs/{JobId.New(Clock)}/result.json", "thumbnails/a.png", "jobs/x/result.json", ""];
        foreach (var key in keys)
            await DispatchAsync(Created(key));
        await DispatchAsync(EventBridgeEvent.ObjectCreated("another-bucket", (string)upload["videoKey"]!));

        Assert.Empty(Ecs.Tasks);
    }

    [Fact]
    public async Task The_documented_events_are_parsed()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");

        Assert.Equal(
            new ServiceEvent.ObjectCreated("DOC-EXAMPLE-BUCKET1", "example-key"), await ReadAsync(File.ReadAllText(Path.Combine(samples, "s3-object-created.json"))));
        Assert.Equal(new ServiceEvent.Scheduled(), await ReadAsync(File.ReadAllText(Path.Combine(samples, "scheduled-event.json"))));
        var change = Assert.IsType<ServiceEvent.TaskChanged>(await ReadAsync(File.ReadAllText(Path.Combine(samples, "ecs-task-state-change.json")))).Task;
        Assert.Equal("arn:aws:ecs:us-west-2:111122223333:task/FargateCluster/c13b4cb40f1f4fe4a2971f76ae5a47ad", change.TaskArn);
        Assert.Equal(("RUNNING", "FargateApp"), (change.LastStatus, change.ToTask().Containers.Single().Name));
        Assert.Equal(new DateTime(2020, 1, 23, 17, 57, 58, 103, DateTimeKind.Utc), change.StartedAt);
    }

    [Fact]
    public async Task An_unreadable_record_affects_only_its_own_job()
    {
        var (broken, good) = (await UploadAsync(), await UploadAsync());
        var path = Path.Combine(Api.Root, "jobs", (string)broken["jobId"]!, "job.json");
        var json = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, "{");
        await DispatchAsync(VideoCreated(broken));
        Clock.Advance(TimeSpan.FromMinutes(90));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal((string)good["jobId"]!, Assert.Single(Ecs.Tasks).StartedBy);
        using var listed = await Api.Client.GetAsync("/jobs");
        Assert.Equal((string)good["jobId"]!, (string)Assert.Single((await listed.JsonAsync())["jobs"]!.AsArray())!["id"]!);
        using var read = await Api.Client.GetAsync($"/jobs/{broken["jobId"]}");
        Assert.Equal("job_unreadable", await read.ProblemAsync(500));

        // The clock comes back to the job once its record is repaired.
        await File.WriteAllTextAsync(path, json);
        Clock.Advance(TimeSpan.FromMinutes(61));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(2, Ecs.Tasks.Count);
    }

    [Fact]
    public async Task Records_with_unknown_members_are_read()
    {
        var (upload, task) = await StartAsync();
        await Ecs.RunAsync(task.Arn);
        await DispatchAsync(Stopped(task, "RUNNING"));
        var folder = Path.Combine(Api.Root, "jobs", (string)upload["jobId"]!);
        string[] records = ["job.json", "task.json", "state.json"];
        Assert.Equal(records.Order(), Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order());
        foreach (var path in Directory.GetFiles(folder))
            await AddMemberAsync(path);
        Assert.Equal("running", await StatusAsync(upload));

        await FinishAsync(task);
        await AddMemberAsync(Path.Combine(folder, "result.json"));
        Assert.Equal("succeeded", await StatusAsync(upload));
    }

    private static async Task AddMemberAsync(string path)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        json["unknown"] = new JsonObject { ["a"] = 1 };
        await File.WriteAllTextAsync(path, json.ToJsonString());
    }
}
