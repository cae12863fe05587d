using System.Text.Json;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers.Ecs;

namespace Thumbnails.Api.Tests;

/// <summary>How a job comes to its one task, whatever breaks on the way.</summary>
public sealed class FargateStartTests : FargateTests
{
    [Fact]
    public async Task Starting_a_job_runs_one_task_whose_only_override_is_the_jobs_id()
    {
        var (id, job) = await StartAsync();
        Assert.Equal("starting", (string)job["status"]!);
        var task = Assert.Single(Ecs.Tasks);
        Assert.Equal(id, task.StartedBy);
        Assert.Equal(task.Arn, (string)job["task"]!["arn"]!);
        var request = Assert.Single(Ecs.Requests, request => request.Operation == EcsOperation.RunTask).Body;
        Assert.True(JsonElement.DeepEquals(JsonSerializer.SerializeToElement(new
        {
            clientToken = id,
            startedBy = id,
            cluster = FargateService.Cluster,
            taskDefinition = FargateService.Family,
            count = 1,
            launchType = "FARGATE",
            networkConfiguration = new { awsvpcConfiguration = new { subnets = (string[])["subnet-1", "subnet-2"], securityGroups = (string[])["sg-1"], assignPublicIp = "DISABLED" } },
            overrides = new { containerOverrides = new[] { new { name = "worker", environment = new[] { new { name = "JOB_ID", value = id } } } } },
            tags = new[] { new { key = "thumbnails:job", value = id } },
            propagateTags = "TASK_DEFINITION",
        }), request), request.ToString());
    }

    [Fact]
    public async Task Throttled_three_times_RunTask_still_starts_one_task()
    {
        Ecs.Faults.Throttle(EcsOperation.RunTask, 3);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(Ecs.Tasks);
        Assert.Equal(4, Count(EcsOperation.RunTask));
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_RunTask_was_accepted_gives_one_task()
    {
        Ecs.Faults.CutConnection(EcsOperation.RunTask);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(Ecs.Tasks);
    }

    public static TheoryData<string> PassingFaults => ["throttled", "capacity", "limit", "server"];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Where_there_is_no_room_the_job_waits_and_a_redrive_starts_it_once(string fault)
    {
        BreakRunTask(fault);
        var (id, job) = await StartAsync();
        Assert.Equal("queued", (string)job["status"]!);
        Assert.True(File.Exists(Path.Combine(Api.Root, "queued", id)));
        Assert.Equal("queued", await StatusAsync(id));

        Assert.Equal(1, await Api.Get<Redrive>().RunAsync(default));
        Assert.Equal("starting", await StatusAsync(id));
        Assert.False(File.Exists(Path.Combine(Api.Root, "queued", id)));
        Assert.Equal(0, await Api.Get<Redrive>().RunAsync(default));
        Assert.Single(Ecs.Tasks);
    }

    [Fact]
    public async Task Waiting_jobs_are_started_oldest_first_until_there_is_no_room_again()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            BreakRunTask("limit");
            ids.Add((await StartAsync()).Id);
            Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        // Somebody cancels the second.
        (await Api.SendAsync(HttpMethod.Delete, $"/jobs/{ids[1]}")).Dispose();
        var redrive = Api.Get<Redrive>();
        Assert.Equal(3, await redrive.RunAsync(default));
        Assert.Equal([ids[0], ids[2], ids[3]], Ecs.Tasks.Select(task => task.StartedBy!));

        BreakRunTask("capacity");
        var (late, _) = await StartAsync();
        BreakRunTask("capacity");
        Assert.Equal(0, await redrive.RunAsync(default));
        Assert.Equal("queued", await StatusAsync(late));
    }

    [Fact]
    public async Task Asking_for_a_waiting_job_prompts_a_redrive_now_and_then()
    {
        BreakRunTask("capacity");
        var (id, _) = await StartAsync();
        await StatusAsync(id);
        Assert.Empty(Ecs.Tasks);

        Clock.Advance(TimeSpan.FromSeconds(10));
        await StatusAsync(id);
        Assert.Single(Ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(id));
    }

    [Fact]
    public async Task Two_redrives_at_once_start_no_job_twice()
    {
        for (var i = 0; i < 5; i++)
        {
            BreakRunTask("capacity");
            await StartAsync();
        }

        using var other = Start(Api.Root);
        await Task.WhenAll(Api.Get<Redrive>().RunAsync(default), other.Get<Redrive>().RunAsync(default));

        Assert.Equal(5, Ecs.Tasks.Select(task => task.StartedBy).Distinct().Count());
        Assert.Equal(5, Ecs.Tasks.Count);
    }

    [Fact]
    public async Task A_request_that_ECS_refuses_fails_the_job_with_its_reason()
    {
        Ecs.Faults.RunTaskFailures(EcsFailure.NoMemory);
        var (id, _) = await StartAsync();
        Assert.Equal(("failed", "task_failed_to_start", "ECS refused to start the task: RESOURCE:MEMORY."), await OutcomeAsync(id));

        foreach (var error in (string[])["ClusterNotFoundException", "InvalidParameterException", "AccessDeniedException", "PlatformUnknownException", "UnsupportedFeatureException", "BlockedException", "ClientException"])
        {
            Ecs.Faults.Error(EcsOperation.RunTask, error, "no");
            (id, _) = await StartAsync();
            Assert.Equal(("failed", "task_failed_to_start", $"ECS refused to start the task: {error}."), await OutcomeAsync(id));
        }

        Assert.Empty(Ecs.Tasks);
    }

    [Fact]
    public async Task A_job_that_has_a_task_already_adopts_it()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(Api.Root, "jobs", id, "task.json"));
        Ecs.RegisterTaskDefinition(FargateService.Family, new LoopbackContainerDefinition("worker"));

        // Under the same token, the family means another revision now: a conflict, which names the task.
        await Api.Get<TaskStarter>().StartAsync((await JobAsync(id))!, default);
        Assert.Single(Ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(id));
    }

    [Fact]
    public async Task A_crash_between_RunTask_and_its_record_is_healed()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(Api.Root, "jobs", id, "task.json"));
        Assert.Equal("queued", await StatusAsync(id));

        Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("starting", await StatusAsync(id));
        Assert.True(File.Exists(Path.Combine(Api.Root, "jobs", id, "task.json")));
        Assert.Single(Ecs.Tasks);
    }

    [Fact]
    public async Task A_crash_before_RunTask_is_healed()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(Api.Root, "jobs", id, "task.json"));
        Ecs.Stop(Ecs.Tasks[0].Arn);
        using var other = Start();
        var (orphan, _) = await StartAsync(other);
        File.Delete(Path.Combine(other.Root, "jobs", orphan, "task.json"));
        Directory.Move(Path.Combine(other.Root, "jobs", orphan), Path.Combine(Api.Root, "jobs", orphan));
        Clock.Advance(TimeSpan.FromSeconds(20));

        // RunTask with the same token finds the task that there was.
        await StatusAsync(orphan);
        Assert.Equal("starting", await StatusAsync(orphan));
        Assert.Equal(2, Ecs.Tasks.Count);
    }

    [Fact]
    public async Task Spot_is_asked_for_by_its_capacity_provider()
    {
        using var spot = Start(null, ("Fargate:CapacityProvider", "FARGATE_SPOT"));
        await StartAsync(spot);

        var request = Ecs.Requests.Last(request => request.Operation == EcsOperation.RunTask).Body;
        Assert.Equal("FARGATE_SPOT", request.GetProperty("capacityProviderStrategy")[0].GetProperty("capacityProvider").GetString());
        Assert.False(request.TryGetProperty("launchType", out _));
    }

    [Fact]
    public async Task Readiness_names_a_cluster_that_is_not_there()
    {
        using var ready = await Api.Client.GetAsync("/readyz");
        Assert.Equal(200, (int)ready.StatusCode);
        using var other = Start(null, ("Fargate:Cluster", "nowhere"));
        using var unready = await other.Client.GetAsync("/readyz");

        Assert.Equal(503, (int)unready.StatusCode);
        Assert.Equal("There is no cluster nowhere (Fargate:Cluster).", (string)(await unready.JsonAsync())["checks"]!["runner"]!);
    }

    private void BreakRunTask(string fault)
    {
        if (fault == "capacity")
            Ecs.Faults.RunTaskFailures(EcsFailure.NoCapacity);
        else if (fault == "limit")
            Ecs.Faults.RunTaskFailures(EcsFailure.TaskLimit);
        else if (fault == "throttled")
            Ecs.Faults.Throttle(EcsOperation.RunTask, 4);
        else
            Ecs.Faults.ServerError(EcsOperation.RunTask, 4);
    }

    private Task<Job?> JobAsync(string id) =>
        Api.Get<IObjectStore>().GetJsonAsync(ObjectKeys.Job(JobId.Parse(id)), CoreJson.Default.Job, default);
}
