using Thumbnails.Api.Lifecycle;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.Api.Tests;

/// <summary>Retries of jobs whose tasks stop for a transient reason.</summary>
public sealed class FargateRetryTests : FargateTests
{
    private const string InSubnet = "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': ";

    /// <summary>The stop code, the stopped reason, the exit code, and the job's error after three such stops.</summary>
    public static TheoryData<string, string, int?, string> TransientStops => new()
    {
        { "TaskFailedToStart", "Timeout waiting for network interface provisioning to complete.", null, "task_failed_to_start" },
        { "TaskFailedToStart", "Capacity is unavailable at this time. Please try again later or in a different availability zone", null, "task_failed_to_start" },
        { "TaskFailedToStart", InSubnet + "RequestLimitExceeded", null, "task_failed_to_start" },
        { "TaskFailedToStart", InSubnet + "InsufficientFreeAddressesInSubnet", null, "task_failed_to_start" },
        { "TaskFailedToStart", "ResourceInitializationError: failed to configure ENI: failed to setup regular eni", null, "task_failed_to_start" },
        { "TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: dial tcp: i/o timeout", null, "task_failed_to_start" },
        { "TaskFailedToStart", "ResourceInitializationError: unable to retrieve secrets from ssm: ThrottlingException: Rate exceeded", null, "task_failed_to_start" },
        { "SpotInterruption", "Your Spot Task was interrupted.", 137, "spot_interrupted" },
        { "TerminationNotice", "ECS is performing maintenance on the underlying infrastructure hosting the task", 143, "task_lost" },
    };

    [Theory]
    [MemberData(nameof(TransientStops))]
    public async Task A_job_is_retried_after_a_transient_stop_and_fails_after_three(string stopCode, string reason, int? exitCode, string code)
    {
        var (recovering, _) = await StartAsync();
        var (failing, _) = await StartAsync();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await StopAsync(failing, stopCode, reason, exitCode);
            if (attempt == 1)
                await StopAsync(recovering, stopCode, reason, exitCode);
            if (attempt == 3)
                break;
            // Nothing starts before the gap is over.
            Assert.Equal("queued", await StatusAsync(failing));
            Assert.Equal(attempt, TasksOf(failing).Count);
            Clock.Advance(JobLifecycle.AttemptGaps[attempt - 1]);
            await Task.WhenAll(TickAsync(), GetAsync(failing), StopEventAsync(TasksOf(failing)[0]), TickAsync());
            Assert.Equal(("starting", attempt + 1), await ProgressAsync(failing));
        }

        await FinishAsync(TasksOf(recovering)[^1]);
        Assert.Equal(("succeeded", 2), (await StatusAsync(recovering), TasksOf(recovering).Count));
        Assert.Equal(("failed", 3), await ProgressAsync(failing));
        Assert.Equal(code, (await OutcomeAsync(failing)).Code);
        Assert.Equal(3, TasksOf(failing).Count);
        Assert.Equal([failing, $"{failing}-2", $"{failing}-3"], TokensOf(failing));
        Assert.Equal(["job.json", "result.json", "task.2.json", "task.3.json", "task.json"], Records(failing).Except(["state.json"]));

        Clock.Advance(TimeSpan.FromHours(1));
        await TickAsync();
        Assert.Equal(5, Ecs.Tasks.Count);
        Assert.Empty(await DueAsync());
    }

    [Theory]
    [InlineData("TaskFailedToStart", "CannotPullContainerError: pull image manifest has been retried 5 time(s)", null, "image_pull_failed")]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException", null, "task_failed_to_start")]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 1, "internal_error")]
    public async Task A_job_is_not_retried_after_a_permanent_stop(string stopCode, string reason, int? exitCode, string code)
    {
        var (id, _) = await StartAsync();
        await StopAsync(id, stopCode, reason, exitCode);

        Assert.Equal(code, (await OutcomeAsync(id)).Code);
        Clock.Advance(TimeSpan.FromHours(1));
        await TickAsync();
        Assert.Single(Ecs.Tasks);
    }

    [Fact]
    public async Task A_task_that_an_operator_stops_does_not_cancel_its_job()
    {
        var (id, _) = await StartAsync();
        Ecs.Stop(Ecs.Tasks[0].Arn, "UserInitiated", "Task stopped by user", 143);
        await StopEventAsync(Ecs.Tasks[0]);
        Assert.Equal("queued", await StatusAsync(id));

        Clock.Advance(JobLifecycle.AttemptGaps[0]);
        await TickAsync();
        Assert.Equal("starting", await StatusAsync(id));
    }

    private async Task StopAsync(string id, string stopCode, string reason, int? exitCode)
    {
        var task = Assert.Single(TasksOf(id), task => task.StoppedAt is null);
        if (exitCode is not null)
            await Ecs.RunAsync(task.Arn);
        Ecs.Stop(task.Arn, stopCode, reason, exitCode);
    }

    private async Task<(string Status, int Attempt)> ProgressAsync(string id)
    {
        var job = await GetAsync(id);
        return ((string)job["status"]!, (int)job["attempt"]!);
    }

    private List<LoopbackTask> TasksOf(string id) => [.. Ecs.Tasks.Where(task => task.StartedBy == id)];

    private IEnumerable<string> TokensOf(string id) => Ecs.Requests
        .Where(request => request.Operation == EcsOperation.RunTask && request.Body.GetProperty("startedBy").GetString() == id)
        .Select(request => request.Body.GetProperty("clientToken").GetString()!)
        .Distinct();
}
