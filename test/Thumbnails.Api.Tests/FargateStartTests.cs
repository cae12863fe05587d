using System.Text.Json;
using Thumbnails.Api.Lifecycle;
using Thumbnails.TestServers.Ecs;

namespace Thumbnails.Api.Tests;

/// <summary>How a job gets exactly one task, whatever fails on the way.</summary>
public sealed class FargateStartTests : FargateTests
{
    [Fact]
    public async Task A_job_starts_one_task_whose_only_override_is_the_job_ID()
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
    public async Task A_throttled_RunTask_still_starts_one_task()
    {
        Ecs.Faults.Throttle(EcsOperation.RunTask);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(Ecs.Tasks);
        Assert.Equal(2, Count(EcsOperation.RunTask));
    }

    [Fact]
    public async Task A_lost_RunTask_response_still_gives_one_task()
    {
        Ecs.Faults.CutConnection(EcsOperation.RunTask);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(Ecs.Tasks);
    }

    public static TheoryData<string> PassingFaults => ["throttled", "capacity", "limit", "server", "role"];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task A_job_without_capacity_waits_and_is_started_once_by_the_clock(string fault)
    {
        BreakRunTask(fault);
        var (id, job) = await StartAsync();
        Assert.Equal("queued", (string)job["status"]!);
        var calls = Count(EcsOperation.RunTask);
        Assert.Equal("queued", await StatusAsync(id));
        Assert.Equal(calls, Count(EcsOperation.RunTask));

        await TickAsync();
        Assert.Equal("starting", await StatusAsync(id));
        await TickAsync();
        Assert.Single(Ecs.Tasks);
        Assert.Equal(calls + 1, Count(EcsOperation.RunTask));
        Assert.Single(await DueAsync());
    }

    [Fact]
    public async Task Waiting_jobs_are_started_oldest_first_until_capacity_runs_out()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            BreakRunTask("limit");
            ids.Add((await StartAsync()).Id);
            Clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        // Cancels the second job.
        (await Api.SendAsync(HttpMethod.Delete, $"/jobs/{ids[1]}")).Dispose();
        await TickAsync();
        Assert.Equal([ids[0], ids[2], ids[3]], Ecs.Tasks.Select(task => task.StartedBy!).Order(StringComparer.Ordinal).Reverse());

        BreakRunTask("capacity");
        var (late, _) = await StartAsync();
        BreakRunTask("capacity");
        await TickAsync();
        Assert.Equal("queued", await StatusAsync(late));
        Assert.Equal(4, (await DueAsync()).Count);
    }

    [Fact]
    public async Task An_unreadable_job_does_not_block_the_jobs_behind_it()
    {
        BreakRunTask("capacity");
        var (broken, _) = await StartAsync();
        BreakRunTask("capacity");
        var (good, _) = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(Api.Root, "jobs", broken, "job.json"), "{");

        await TickAsync();
        Assert.Equal(good, Assert.Single(Ecs.Tasks).StartedBy);
    }

    [Fact]
    public async Task A_stopped_task_lets_the_next_waiting_job_start()
    {
        var (_, _) = await StartAsync();
        BreakRunTask("capacity");
        var (waiting, _) = await StartAsync();
        Ecs.Stop(Ecs.Tasks[0].Arn);
        await StopEventAsync(Ecs.Tasks[0]);

        Assert.Equal("starting", await StatusAsync(waiting));
    }

    [Fact]
    public async Task Two_concurrent_processes_start_each_waiting_job_once()
    {
        for (var i = 0; i < 5; i++)
        {
            BreakRunTask("capacity");
            await StartAsync();
        }

        var calls = Count(EcsOperation.RunTask);
        using var other = Start(Api.Root);
        await Task.WhenAll(TickAsync(), other.Get<JobClock>().TickAsync(default));
        await TickAsync();

        Assert.Equal(5, Ecs.Tasks.Count);
        Assert.Equal(calls + 5, Count(EcsOperation.RunTask));
    }

    [Fact]
    public async Task A_RunTask_error_fails_the_job_with_its_reason()
    {
        Ecs.Faults.RunTaskFailures(EcsFailure.NoMemory);
        var (id, _) = await StartAsync();
        Assert.Equal(("failed", "task_failed_to_start", "ECS rejected the task: RESOURCE:MEMORY. Check the Fargate settings."), await OutcomeAsync(id));

        foreach (var error in (string[])["ClusterNotFoundException", "InvalidParameterException", "AccessDeniedException", "PlatformUnknownException", "UnsupportedFeatureException", "BlockedException", "ClientException"])
        {
            Ecs.Faults.Error(EcsOperation.RunTask, error, "no");
            (id, _) = await StartAsync();
            Assert.Equal(("failed", "task_failed_to_start", $"ECS rejected the task: {error}. Check the Fargate settings."), await OutcomeAsync(id));
        }

        Assert.Empty(Ecs.Tasks);
    }

    [Fact]
    public async Task A_job_recovers_from_a_crash_after_RunTask()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(Api.Root, "jobs", id, "task.json"));
        // With the same token, the family now selects another revision: a conflict, which lists the task.
        Ecs.RegisterTaskDefinition(FargateService.Family, new LoopbackContainerDefinition("worker"));

        Clock.Advance(TimeSpan.FromMinutes(2));
        await TickAsync();
        Assert.Equal("starting", await StatusAsync(id));
        Assert.True(File.Exists(Path.Combine(Api.Root, "jobs", id, "task.json")));
        Assert.Single(Ecs.Tasks);
    }

    [Fact]
    public async Task A_job_recovers_from_a_crash_before_RunTask()
    {
        using var other = Start();
        var (orphan, _) = await StartAsync(other);
        File.Delete(Path.Combine(other.Root, "jobs", orphan, "task.json"));
        Directory.Move(Path.Combine(other.Root, "jobs"), Path.Combine(Api.Root, "jobs"));
        Directory.Move(Path.Combine(other.Root, "due"), Path.Combine(Api.Root, "due"));

        Clock.Advance(TimeSpan.FromMinutes(2));
        await TickAsync();
        Assert.Equal("starting", await StatusAsync(orphan));
        Assert.Single(Ecs.Tasks);
    }

    [Fact]
    public async Task Spot_is_requested_with_a_capacity_provider_strategy()
    {
        using var spot = Start(null, ("Fargate:CapacityProvider", "FARGATE_SPOT"));
        await StartAsync(spot);

        var request = Ecs.Requests.Last(request => request.Operation == EcsOperation.RunTask).Body;
        Assert.Equal("FARGATE_SPOT", request.GetProperty("capacityProviderStrategy")[0].GetProperty("capacityProvider").GetString());
        Assert.False(request.TryGetProperty("launchType", out _));
    }

    [Fact]
    public async Task Readiness_reports_a_missing_cluster()
    {
        using var ready = await Api.Client.GetAsync("/readyz");
        Assert.Equal(200, (int)ready.StatusCode);
        using var other = Start(null, ("Fargate:Cluster", "nowhere"));
        using var unready = await other.Client.GetAsync("/readyz");

        Assert.Equal(503, (int)unready.StatusCode);
        Assert.Equal("The cluster nowhere (Fargate:Cluster) does not exist.", (string)(await unready.JsonAsync())["checks"]!["runner"]!);
    }

    private void BreakRunTask(string fault)
    {
        if (fault == "capacity")
            Ecs.Faults.RunTaskFailures(EcsFailure.NoCapacity);
        else if (fault == "limit")
            Ecs.Faults.RunTaskFailures(EcsFailure.TaskLimit);
        else if (fault == "role")
            Ecs.Faults.Error(EcsOperation.RunTask, "InvalidParameterException", "Unable to assume the service linked role. Please verify that the ECS service linked role exists.");
        else if (fault == "throttled")
            Ecs.Faults.Throttle(EcsOperation.RunTask, 2);
        else
            Ecs.Faults.ServerError(EcsOperation.RunTask, 2);
    }
}
