using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs;

/// <content>The tasks, and how a test moves them.</content>
public sealed partial class LoopbackEcs
{
    /// <summary>Every task that was ever started, those included that ECS would have forgotten.</summary>
    public IReadOnlyList<LoopbackTask> Tasks
    {
        get
        {
            lock (_state)
                return [.. _state.Tasks];
        }
    }

    /// <summary>For how long after its start a task is MISSING to DescribeTasks; not at all when nothing is set.</summary>
    public TimeSpan MissingFor
    {
        get => _state.MissingFor;
        set => _state.MissingFor = value;
    }

    /// <summary>How many times a new task is MISSING to DescribeTasks before it is found.</summary>
    public int MissingDescribes
    {
        get => _state.MissingDescribes;
        set => _state.MissingDescribes = value;
    }

    /// <summary>
    /// Does what a task's containers would do, when it becomes RUNNING. An exit code ends the task; null leaves it RUNNING.
    /// </summary>
    public Func<LoopbackTask, CancellationToken, Task<int?>>? OnRunning { get; set; }

    /// <summary>The next task that is started, in order, as soon as there is one.</summary>
    public ValueTask<LoopbackTask> NextTaskAsync(CancellationToken cancellationToken) =>
        _state.Started.Reader.ReadAsync(cancellationToken);

    /// <summary>Puts a container into a task that its definition does not have, before the others, as GuardDuty does.</summary>
    public void Inject(string taskArn, string container, string image = "guardduty-agent", int exitCode = 0) =>
        Change(taskArn, task => task.Inject(new LoopbackContainer(container, image, exitCode)));

    /// <summary>
    /// Moves a task on by one status. From RUNNING, that is the end of its essential container with exit code 0, unless
    /// something else has begun to stop it.
    /// </summary>
    public async Task AdvanceAsync(string taskArn, CancellationToken cancellationToken = default)
    {
        var task = Change(taskArn, task => task.Advance(_state.Now));
        if (task.LastStatus == "RUNNING" && OnRunning is { } run && await run(task, cancellationToken) is { } exitCode)
            Stop(taskArn, exitCode: exitCode);
    }

    /// <summary>Moves a task on until it is RUNNING, and does what <see cref="OnRunning"/> says.</summary>
    public async Task RunAsync(string taskArn, CancellationToken cancellationToken = default)
    {
        while (Find(taskArn).StartedAt is null)
            await AdvanceAsync(taskArn, cancellationToken);
    }

    /// <summary>Has a task begin to stop, from whatever status; <see cref="AdvanceAsync"/> then moves it on.</summary>
    /// <param name="taskArn">The task.</param>
    /// <param name="stopCode">Why; without effect on a task that something else has begun to stop.</param>
    /// <param name="reason">The task's stopped reason.</param>
    /// <param name="exitCode">How the container ends; without effect on one that never ran.</param>
    /// <param name="containerReason">The container's reason.</param>
    /// <param name="container">The container; the first essential one when none is named.</param>
    public void BeginStop(
        string taskArn, string stopCode = "EssentialContainerExited", string? reason = "Essential container in task exited",
        int? exitCode = 0, string? containerReason = null, string? container = null) =>
        Change(taskArn, task => task.BeginStop(new TaskStop(stopCode, reason, exitCode, containerReason, container), _state.Now));

    /// <summary>Has a task begin to stop, and moves it on until it is STOPPED.</summary>
    /// <inheritdoc cref="BeginStop"/>
    public void Stop(
        string taskArn, string stopCode = "EssentialContainerExited", string? reason = "Essential container in task exited",
        int? exitCode = 0, string? containerReason = null, string? container = null)
    {
        BeginStop(taskArn, stopCode, reason, exitCode, containerReason, container);
        while (Find(taskArn).StoppedAt is null)
            Change(taskArn, task => task.Advance(_state.Now));
    }

    private LoopbackTask Find(string taskArn) => Change(taskArn, _ => { });

    private LoopbackTask Change(string taskArn, Action<LoopbackTask> change)
    {
        lock (_state)
        {
            var task = _state.Tasks.Single(task => task.Arn == taskArn);
            change(task);
            return task;
        }
    }
}
