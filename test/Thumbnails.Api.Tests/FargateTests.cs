using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.Api.Tests;

/// <summary>The API on Fargate: the real ECS client on a server that is as strict as ECS. The store is a folder.</summary>
public sealed class FargateTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private LoopbackEcs _ecs = null!;
    private Service _service = null!;

    public async Task InitializeAsync()
    {
        _ecs = await FargateService.StartEcsAsync(_clock);
        _service = Start();
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _ecs.DisposeAsync();
    }

    [Fact]
    public async Task Starting_a_job_runs_one_task_whose_only_override_is_the_jobs_id()
    {
        var (id, job) = await StartAsync();
        Assert.Equal("starting", (string)job["status"]!);
        var task = Assert.Single(_ecs.Tasks);
        Assert.Equal(id, task.StartedBy);
        Assert.Equal(task.Arn, (string)job["task"]!["arn"]!);
        var request = Assert.Single(_ecs.Requests, request => request.Operation == EcsOperation.RunTask).Body;
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
    public async Task A_job_is_as_far_as_its_task_and_a_finished_one_is_not_asked_about()
    {
        var (id, _) = await StartAsync();
        var arn = _ecs.Tasks[0].Arn;
        var statuses = new List<string>();
        _ecs.OnRunning = async (task, token) =>
        {
            statuses.Add(await StatusAsync(id));
            await FinishAsync(task);
            return 0;
        };
        await _ecs.RunAsync(arn);
        var job = await GetAsync(id);

        Assert.Equal(["running"], statuses);
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(arn, (string)job["task"]!["arn"]!);
        Assert.True((long)job["timings"]!["startMs"]! >= 0);
        var asked = Count(EcsOperation.DescribeTasks);
        await GetAsync(id);
        Assert.Equal(asked, Count(EcsOperation.DescribeTasks));
    }

    [Fact]
    public async Task Throttled_three_times_RunTask_still_starts_one_task()
    {
        _ecs.Faults.Throttle(EcsOperation.RunTask, 3);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(_ecs.Tasks);
        Assert.Equal(4, Count(EcsOperation.RunTask));
    }

    [Fact]
    public async Task A_connection_that_is_cut_after_RunTask_was_accepted_gives_one_task()
    {
        _ecs.Faults.CutConnection(EcsOperation.RunTask);
        var (_, job) = await StartAsync();

        Assert.Equal("starting", (string)job["status"]!);
        Assert.Single(_ecs.Tasks);
    }

    public static TheoryData<string> PassingFaults => ["throttled", "capacity", "limit", "server"];

    [Theory]
    [MemberData(nameof(PassingFaults))]
    public async Task Where_there_is_no_room_the_job_waits_and_a_redrive_starts_it_once(string fault)
    {
        BreakRunTask(fault);
        var (id, job) = await StartAsync();
        Assert.Equal("queued", (string)job["status"]!);
        Assert.True(File.Exists(Path.Combine(_service.Root, "queued", id)));
        Assert.Equal("queued", await StatusAsync(id));

        Assert.Equal(1, await _service.Get<Redrive>().RunAsync(default));
        Assert.Equal("starting", await StatusAsync(id));
        Assert.False(File.Exists(Path.Combine(_service.Root, "queued", id)));
        Assert.Equal(0, await _service.Get<Redrive>().RunAsync(default));
        Assert.Single(_ecs.Tasks);
    }

    [Fact]
    public async Task Waiting_jobs_are_started_oldest_first_until_there_is_no_room_again()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            BreakRunTask("limit");
            ids.Add((await StartAsync()).Id);
            _clock.Advance(TimeSpan.FromMilliseconds(5));
        }

        // Somebody cancels the second.
        (await _service.SendAsync(HttpMethod.Delete, $"/jobs/{ids[1]}")).Dispose();
        var redrive = _service.Get<Redrive>();
        Assert.Equal(3, await redrive.RunAsync(default));
        Assert.Equal([ids[0], ids[2], ids[3]], _ecs.Tasks.Select(task => task.StartedBy!));

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
        Assert.Empty(_ecs.Tasks);

        _clock.Advance(TimeSpan.FromSeconds(10));
        await StatusAsync(id);
        Assert.Single(_ecs.Tasks);
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

        using var other = Start(_service.Root);
        await Task.WhenAll(_service.Get<Redrive>().RunAsync(default), other.Get<Redrive>().RunAsync(default));

        Assert.Equal(5, _ecs.Tasks.Select(task => task.StartedBy).Distinct().Count());
        Assert.Equal(5, _ecs.Tasks.Count);
    }

    [Fact]
    public async Task A_request_that_ECS_refuses_fails_the_job_with_its_reason()
    {
        _ecs.Faults.RunTaskFailures(EcsFailure.NoMemory);
        var (id, _) = await StartAsync();
        Assert.Equal(("failed", "task_failed_to_start", "ECS refused to start the task: RESOURCE:MEMORY."), await OutcomeAsync(id));

        foreach (var error in (string[])["ClusterNotFoundException", "InvalidParameterException", "AccessDeniedException", "PlatformUnknownException", "UnsupportedFeatureException", "BlockedException", "ClientException"])
        {
            _ecs.Faults.Error(EcsOperation.RunTask, error, "no");
            (id, _) = await StartAsync();
            Assert.Equal(("failed", "task_failed_to_start", $"ECS refused to start the task: {error}."), await OutcomeAsync(id));
        }

        Assert.Empty(_ecs.Tasks);
    }

    [Fact]
    public async Task A_job_that_has_a_task_already_adopts_it()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(_service.Root, "jobs", id, "task.json"));
        _ecs.RegisterTaskDefinition(FargateService.Family, new LoopbackContainerDefinition("worker"));

        // Under the same token, the family means another revision now: a conflict, which names the task.
        await _service.Get<TaskStarter>().StartAsync((await JobAsync(id))!, default);
        Assert.Single(_ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(id));
    }

    [Fact]
    public async Task A_crash_between_RunTask_and_its_record_is_healed()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(_service.Root, "jobs", id, "task.json"));
        Assert.Equal("queued", await StatusAsync(id));

        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("starting", await StatusAsync(id));
        Assert.True(File.Exists(Path.Combine(_service.Root, "jobs", id, "task.json")));
        Assert.Single(_ecs.Tasks);
    }

    [Fact]
    public async Task A_crash_before_RunTask_is_healed()
    {
        var (id, _) = await StartAsync();
        File.Delete(Path.Combine(_service.Root, "jobs", id, "task.json"));
        _ecs.Stop(_ecs.Tasks[0].Arn);
        using var other = Start();
        var (orphan, _) = await StartAsync(other);
        File.Delete(Path.Combine(other.Root, "jobs", orphan, "task.json"));
        Directory.Move(Path.Combine(other.Root, "jobs", orphan), Path.Combine(_service.Root, "jobs", orphan));
        _clock.Advance(TimeSpan.FromSeconds(20));

        // RunTask with the same token finds the task that there was.
        await StatusAsync(orphan);
        Assert.Equal("starting", await StatusAsync(orphan));
        Assert.Equal(2, _ecs.Tasks.Count);
    }

    [Fact]
    public async Task A_task_that_stopped_without_a_result_is_settled_once_and_remembered()
    {
        var (id, _) = await StartAsync();
        var arn = _ecs.Tasks[0].Arn;
        await _ecs.RunAsync(arn);
        _ecs.Inject(arn, "aws-guardduty-agent");
        _ecs.Stop(arn, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage", container: "worker");
        Assert.Equal(("failed", "out_of_memory", "The task's memory was not enough for this video."), await OutcomeAsync(id));

        _clock.Advance(TimeSpan.FromHours(2));
        var job = await GetAsync(id);
        Assert.Equal("out_of_memory", (string)job["error"]!["code"]!);
        Assert.Equal(("STOPPED", "EssentialContainerExited", 137), ((string)job["task"]!["lastStatus"]!, (string)job["task"]!["stopCode"]!, (int)job["task"]!["exitCode"]!));
    }

    [Fact]
    public async Task A_task_that_is_missing_has_just_started_or_is_lost()
    {
        _ecs.MissingDescribes = 1;
        var (id, job) = await StartAsync();
        Assert.Equal("starting", (string)job["status"]!);
        Assert.Equal("starting", await StatusAsync(id));

        _ecs.Stop(_ecs.Tasks[0].Arn);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(("failed", "task_lost", "The task ended without a result."), await OutcomeAsync(id));
    }

    [Fact]
    public async Task Where_ECS_does_not_answer_the_last_known_state_is_told()
    {
        var (id, _) = await StartAsync();
        await _ecs.RunAsync(_ecs.Tasks[0].Arn);
        Assert.Equal("running", await StatusAsync(id));
        _ecs.Faults.Throttle(EcsOperation.DescribeTasks, 4);
        Assert.Equal("running", await StatusAsync(id));
        _ecs.Faults.ServerError(EcsOperation.DescribeTasks, 4);
        Assert.Equal("running", await StatusAsync(id));
    }

    [Fact]
    public async Task Many_jobs_are_asked_about_in_one_call()
    {
        for (var i = 0; i < 25; i++)
            await StartAsync();
        var asked = Count(EcsOperation.DescribeTasks);
        using var answer = await _service.Client.GetAsync("/jobs?limit=25");
        var page = await answer.JsonAsync();

        Assert.Equal(25, page["jobs"]!.AsArray().Count(job => (string)job!["status"]! == "starting"));
        Assert.Equal(asked + 1, Count(EcsOperation.DescribeTasks));
    }

    [Fact]
    public async Task Canceling_a_job_stops_its_task()
    {
        var (id, _) = await StartAsync();
        await _ecs.RunAsync(_ecs.Tasks[0].Arn);
        using var answer = await _service.SendAsync(HttpMethod.Delete, $"/jobs/{id}");

        Assert.Equal(202, (int)answer.StatusCode);
        Assert.Equal("STOPPED", _ecs.Tasks[0].DesiredStatus);
        Assert.Equal("canceled", await StatusAsync(id));
    }

    [Fact]
    public async Task A_task_that_someone_else_stops_cancels_its_job()
    {
        var (id, _) = await StartAsync();
        _ecs.Stop(_ecs.Tasks[0].Arn, "UserInitiated", "Task stopped by user", 143);

        Assert.Equal("canceled", await StatusAsync(id));
    }

    [Fact]
    public async Task A_worker_that_hangs_is_stopped_after_the_time_limit()
    {
        var (id, _) = await StartAsync();
        await _ecs.RunAsync(_ecs.Tasks[0].Arn);
        _clock.Advance(TimeSpan.FromSeconds(900));
        Assert.Equal("running", await StatusAsync(id));
        _clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(("failed", "timed_out", "The job took longer than 900 seconds."), await OutcomeAsync(id));
        Assert.Equal("STOPPED", _ecs.Tasks[0].DesiredStatus);
    }

    [Fact]
    public async Task Spot_is_asked_for_by_its_capacity_provider()
    {
        using var spot = Start(null, ("Fargate:CapacityProvider", "FARGATE_SPOT"));
        await StartAsync(spot);

        var request = _ecs.Requests.Last(request => request.Operation == EcsOperation.RunTask).Body;
        Assert.Equal("FARGATE_SPOT", request.GetProperty("capacityProviderStrategy")[0].GetProperty("capacityProvider").GetString());
        Assert.False(request.TryGetProperty("launchType", out _));
    }

    [Fact]
    public async Task Readiness_names_a_cluster_that_is_not_there()
    {
        using var ready = await _service.Client.GetAsync("/readyz");
        Assert.Equal(200, (int)ready.StatusCode);
        using var other = Start(null, ("Fargate:Cluster", "nowhere"));
        using var unready = await other.Client.GetAsync("/readyz");

        Assert.Equal(503, (int)unready.StatusCode);
        Assert.Equal("There is no cluster nowhere (Fargate:Cluster).", (string)(await unready.JsonAsync())["checks"]!["runner"]!);
    }

    private Service Start(string? root = null, params (string Name, string? Value)[] settings) =>
        FargateService.Start(_ecs, _clock, root, settings);

    private void BreakRunTask(string fault)
    {
        if (fault == "capacity")
            _ecs.Faults.RunTaskFailures(EcsFailure.NoCapacity);
        else if (fault == "limit")
            _ecs.Faults.RunTaskFailures(EcsFailure.TaskLimit);
        else if (fault == "throttled")
            _ecs.Faults.Throttle(EcsOperation.RunTask, 4);
        else
            _ecs.Faults.ServerError(EcsOperation.RunTask, 4);
    }

    private async Task<(string Id, JsonNode Job)> StartAsync(Service? service = null)
    {
        service ??= _service;
        var video = Path.Combine(service.Root, "videos", "clip.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(video)!);
        await File.WriteAllTextAsync(video, "x");
        using var answer = await service.PostAsync("/jobs", """{"videoKey":"videos/clip.mp4","position":1,"outputName":"a.png"}""");
        Assert.Equal(202, (int)answer.StatusCode);
        var job = await answer.JsonAsync();
        return ((string)job["id"]!, job);
    }

    private async Task<JsonNode> GetAsync(string id)
    {
        using var answer = await _service.Client.GetAsync($"/jobs/{id}");
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.JsonAsync();
    }

    private async Task<string> StatusAsync(string id) => (string)(await GetAsync(id))["status"]!;

    private async Task<(string Status, string Code, string Message)> OutcomeAsync(string id)
    {
        var job = await GetAsync(id);
        return ((string)job["status"]!, (string)job["error"]!["code"]!, (string)job["error"]!["message"]!);
    }

    private Task<Job?> JobAsync(string id) =>
        _service.Get<IObjectStore>().GetJsonAsync(ObjectKeys.Job(JobId.Parse(id)), CoreJson.Default.Job, default);

    private int Count(EcsOperation operation) => _ecs.Requests.Count(request => request.Operation == operation);

    // What the worker leaves.
    private async Task FinishAsync(LoopbackTask task)
    {
        var id = JobId.Parse(task.EnvironmentOf("worker")["JOB_ID"]);
        var result = new JobResult { Status = JobStatus.Succeeded, StartedAt = _clock.GetUtcNow(), FinishedAt = _clock.GetUtcNow() };
        await _service.Get<IObjectStore>().PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, default);
    }
}
