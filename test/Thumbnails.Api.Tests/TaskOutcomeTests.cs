using Amazon.ECS;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Container = Amazon.ECS.Model.Container;
using EcsTask = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Tests;

/// <summary>A table of outcomes: each form of a stopped ECS task, the job's error, and whether to retry.</summary>
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
    public void A_task_that_has_not_stopped_is_starting_or_running(string lastStatus, string? startedAt, JobStatus status)
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
    // The worker ended without a result: it crashed, or its environment was invalid.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 0, null, JobErrorCode.InternalError, false)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 1, null, JobErrorCode.InternalError, false)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 2, null, JobErrorCode.InternalError, false)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 139, null, JobErrorCode.InternalError, false)]
    // The worker requested a retry.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 75, null, JobErrorCode.TaskLost, true)]
    // Out of memory.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 137, "OutOfMemoryError: Container killed due to memory usage", JobErrorCode.OutOfMemory, false)]
    [InlineData("EssentialContainerExited", "OutOfMemoryError: Container killed due to memory usage", 137, null, JobErrorCode.OutOfMemory, false)]
    // Killed or terminated without a reported reason.
    [InlineData("EssentialContainerExited", "Essential container in task exited", 137, null, JobErrorCode.TaskLost, false)]
    [InlineData("EssentialContainerExited", "Essential container in task exited", 143, null, JobErrorCode.TaskLost, false)]
    // Image pull errors.
    [InlineData("TaskFailedToStart", "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "Task failed to start", null, "CannotPullContainerError: inspect image has been retried", JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "CannotPullContainerError: ref pull has been retried 5 time(s): dial tcp 34.205.13.154:443: i/o timeout", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "CannotPullImageManifestError: Error response from daemon: manifest unknown: Requested image not found", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "CannotPullECRContainerError: AccessDeniedException: not authorized to perform: ecr:GetAuthorizationToken", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "CannotPullContainerAuthError: authentication required", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData("TaskFailedToStart", "CannotPullRegistryAuthError: no basic auth credentials", null, null, JobErrorCode.ImagePullFailed, false)]
    // Temporary shortages of capacity, network interfaces or quotas.
    [InlineData("TaskFailedToStart", "Timeout waiting for network interface provisioning to complete.", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "Timeout waiting for EphemeralStorage provisioning to complete.", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "Capacity is unavailable at this time. Please try again later or in a different availability zone", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData(null, "Capacity is unavailable at this time. Please try again later or in a different availability zone", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': RequestLimitExceeded", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment enabled in subnet 'subnet-1'", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "InternalError: the network interface was reported after the time limit", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: failed to configure ENI: failed to setup regular eni: netplugin failed with no error message", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: RequestError: send request failed caused by: Post \"https://api.ecr.eu-west-2.amazonaws.com/\": dial tcp 3.8.169.253:443: i/o timeout", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: pull command failed: : signal: killed", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to retrieve secrets from ssm: ThrottlingException: Rate exceeded", null, null, JobErrorCode.TaskFailedToStart, true)]
    [InlineData("TaskFailedToStart", "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 3m0s", null, null, JobErrorCode.TaskFailedToStart, true)]
    // Errors in the account's configuration.
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: not authorized to perform: ssm:GetParameters", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: The specified log group does not exist.", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "ResourceInitializationError: unable to pull secrets or registry auth", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "ResourceNotFoundException: Secrets Manager can't find the specified secret.", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/worker' that was provided for this task.", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "Unexpected EC2 error while attempting to tag the network interface: TagPolicyViolation", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InvalidSubnetID.NotFound", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "The selected task definition is not compatible with the selected compute strategy", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "CannotCreateVolumeError: no such file or directory", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", "ContainerRuntimeError: failed to create container runtime task: exec: \"/worker\": permission denied", null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("TaskFailedToStart", null, null, null, JobErrorCode.TaskFailedToStart, false)]
    [InlineData("EssentialContainerExited", "Task failed", null, "CannotStartContainerError: Error response from daemon", JobErrorCode.TaskFailedToStart, false)]
    // Spot interruptions.
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 137, null, JobErrorCode.SpotInterrupted, true)]
    [InlineData("SpotInterruption", null, null, null, JobErrorCode.SpotInterrupted, true)]
    [InlineData("SpotInterruption", "Your Spot Task was interrupted.", 75, null, JobErrorCode.SpotInterrupted, true)]
    [InlineData("TerminationNotice", "Your Spot Task was interrupted.", null, null, JobErrorCode.SpotInterrupted, true)]
    [InlineData("TerminationNotice", "SpotInterruptionError: Your Spot Task was interrupted", 143, null, JobErrorCode.SpotInterrupted, true)]
    // Stopped from outside, other than by Spot: maintenance, an operator, a failed host.
    [InlineData("TerminationNotice", "ECS is performing maintenance on the underlying infrastructure hosting the task", 143, null, JobErrorCode.TaskLost, true)]
    [InlineData("ServiceSchedulerInitiated", "ECS is performing maintenance on the underlying infrastructure hosting the task", 137, null, JobErrorCode.TaskLost, true)]
    [InlineData("ServiceSchedulerInitiated", "Scaling activity initiated", 143, null, JobErrorCode.TaskLost, true)]
    [InlineData("UserInitiated", "Task stopped by user", 143, null, JobErrorCode.TaskLost, true)]
    [InlineData("UserInitiated", "Task stopped by user", null, null, JobErrorCode.TaskLost, true)]
    [InlineData("InfrastructureHealth", "Task stopped due to infrastructure health", null, null, JobErrorCode.TaskLost, true)]
    [InlineData("EssentialContainerExited", "CannotInspectContainerError: context canceled", null, null, JobErrorCode.TaskLost, true)]
    // Undocumented forms.
    [InlineData("SomethingNew", "What is this", 1, null, JobErrorCode.InternalError, false)]
    [InlineData("SomethingNew", "InternalError: unexpected EOF", null, null, JobErrorCode.TaskLost, true)]
    [InlineData(null, "CannotPullContainerError: context canceled", null, null, JobErrorCode.ImagePullFailed, false)]
    [InlineData(null, null, null, null, JobErrorCode.TaskLost, true)]
    public void A_stopped_task_has_a_cause_that_is_transient_or_permanent(
        string? stopCode, string? reason, int? exitCode, string? containerReason, JobErrorCode code, bool isTransient)
    {
        var state = TaskOutcome.Of(Task("STOPPED", stopCode, reason, new Container { Name = "worker", ExitCode = exitCode, Reason = containerReason }), "worker");

        Assert.Equal((JobStatus.Failed, code, isTransient), (state.Status, state.Error!.Code, state.IsTransient));
        Assert.Equal(
            new TaskDetails { Arn = "arn:task", LastStatus = "STOPPED", DesiredStatus = "STOPPED", StopCode = stopCode, StoppedReason = reason, ExitCode = exitCode },
            state.Details);
    }

    [Fact]
    public void Only_the_worker_container_determines_the_outcome()
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
