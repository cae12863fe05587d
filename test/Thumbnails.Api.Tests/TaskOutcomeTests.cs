using Amazon.ECS;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Container = Amazon.ECS.Model.Container;
using EcsTask = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Tests;

/// <summary>Tasks as ECS shows them, and what they mean.</summary>
public class TaskOutcomeTests
{
    private const string Started = "2026-11-23T08:00:30Z";

    [Theory]
    [InlineData("PROVISIONING", null, JobStatus.Starting)]
    [InlineData("PENDING", null, JobStatus.Starting)]
    [InlineData("ACTIVATING", null, JobStatus.Starting)]
    [InlineData("RUNNING", Started, JobStatus.Running)]
    [InlineData("DEACTIVATING", Started, JobStatus.Running)]
    [InlineData("STOPPING", Started, JobStatus.Running)]
    [InlineData("DEPROVISIONING", Started, JobStatus.Running)]
    [InlineData("SOMETHING_NEW", null, JobStatus.Starting)]
    [InlineData("SOMETHING_NEW", Started, JobStatus.Running)]
    public void A_task_that_goes_on_tells_how_far_it_is(string lastStatus, string? startedAt, JobStatus status)
    {
        var task = Task(lastStatus);
        task.StartedAt = startedAt is null ? null : DateTime.Parse(startedAt, System.Globalization.CultureInfo.InvariantCulture);
        var state = TaskOutcome.Of(task, "worker");

        Assert.Equal(status, state.Status);
        Assert.Equal(startedAt is null ? null : new DateTimeOffset(2026, 11, 23, 8, 0, 30, TimeSpan.Zero), state.StartedAt);
        Assert.Null(state.Error);
        Assert.Equal(lastStatus, state.Details!.LastStatus);
    }

    [Theory]
    // The worker came to its end, but left nothing; it broke; it was not given what it needs.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 0, null, JobErrorCode.InternalError)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 1, null, JobErrorCode.InternalError)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 2, null, JobErrorCode.InternalError)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 139, null, JobErrorCode.InternalError)]
    // Memory.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 137, "OutOfMemoryError: Container killed due to memory usage", JobErrorCode.OutOfMemory)]
    [InlineData("EssentialContainerExited", "OutOfMemoryError: Container killed due to memory usage", 137, null, JobErrorCode.OutOfMemory)]
    // Killed or stopped, nobody says why.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 137, null, JobErrorCode.TaskLost)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 143, null, JobErrorCode.TaskLost)]
    // It never ran.
    [InlineData("TaskFailedToStart", "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref", null, null, JobErrorCode.ImagePullFailed)]
    [InlineData("TaskFailedToStart", "Task failed to start", null, "CannotPullContainerError: inspect image has been retried", JobErrorCode.ImagePullFailed)]
    [InlineData("TaskFailedToStart", "Timeout waiting for network interface provisioning to complete.", null, null, JobErrorCode.TaskFailedToStart)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth", null, null, JobErrorCode.TaskFailedToStart)]
    [InlineData("TaskFailedToStart", null, null, null, JobErrorCode.TaskFailedToStart)]
    [InlineData("EssentialContainerExited", "Task failed", null, "CannotStartContainerError: Error response from daemon", JobErrorCode.TaskFailedToStart)]
    // Someone took it away.
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 137, null, JobErrorCode.SpotInterrupted)]
    [InlineData("TerminationNotice", "SpotInterruptionError: Your Spot Task was interrupted", 143, null, JobErrorCode.SpotInterrupted)]
    [InlineData("ServiceSchedulerInitiated", "Scaling activity initiated", 143, null, JobErrorCode.TaskLost)]
    [InlineData("InfrastructureHealth", "Task stopped due to infrastructure health", null, null, JobErrorCode.TaskLost)]
    // Nothing that was known when this was written.
    [InlineData("SomethingNew", "What is this", 1, null, JobErrorCode.InternalError)]
    [InlineData("SomethingNew", "InternalError: unexpected EOF", null, null, JobErrorCode.TaskLost)]
    [InlineData(null, "CannotPullContainerError: context canceled", null, null, JobErrorCode.ImagePullFailed)]
    [InlineData(null, null, null, null, JobErrorCode.TaskLost)]
    public void A_task_that_stopped_tells_why(string? stopCode, string? reason, int? exitCode, string? containerReason, JobErrorCode code)
    {
        var state = TaskOutcome.Of(Task("STOPPED", stopCode, reason, new Container { Name = "worker", ExitCode = exitCode, Reason = containerReason }), "worker");

        Assert.Equal(JobStatus.Failed, state.Status);
        Assert.Equal(code, state.Error!.Code);
        Assert.Equal(
            new TaskDetails { Arn = "arn:task", LastStatus = "STOPPED", DesiredStatus = "STOPPED", StopCode = stopCode, StoppedReason = reason, ExitCode = exitCode },
            state.Details);
    }

    [Fact]
    public void A_task_that_someone_stopped_is_canceled()
    {
        var state = TaskOutcome.Of(Task("STOPPED", "UserInitiated", "Task stopped by user", new Container { Name = "worker", ExitCode = 143 }), "worker");

        Assert.Equal((JobStatus.Canceled, null), (state.Status, state.Error));
    }

    [Fact]
    public void Only_the_workers_own_container_counts()
    {
        var agent = new Container { Name = "aws-guardduty-agent-x1", ExitCode = 137, Reason = "OutOfMemoryError: Container killed due to memory usage" };
        var worker = new Container { Name = "worker", ExitCode = 1 };

        Assert.Equal(JobErrorCode.InternalError, TaskOutcome.Of(Task("STOPPED", "EssentialContainerExited", "Essential container in task exited", agent, worker), "worker").Error!.Code);
        Assert.Equal(JobErrorCode.TaskLost, TaskOutcome.Of(Task("STOPPED", "EssentialContainerExited", null, agent), "worker").Error!.Code);
        Assert.Equal(JobErrorCode.TaskLost, TaskOutcome.Of(Task("STOPPED", "EssentialContainerExited", null), "worker").Error!.Code);
    }

    private static EcsTask Task(string lastStatus, string? stopCode = null, string? reason = null, params Container[] containers) => new()
    {
        TaskArn = "arn:task",
        LastStatus = lastStatus,
        DesiredStatus = lastStatus is "STOPPED" ? "STOPPED" : "RUNNING",
        StopCode = stopCode is null ? null : new TaskStopCode(stopCode),
        StoppedReason = reason,
        Containers = containers.Length == 0 ? null : [.. containers],
    };
}
