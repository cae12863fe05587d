using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs;

/// <content>The tasks, and the methods by which a test advances them.</content>
public sealed partial class LoopbackEcs
{
    /// <summary>Every task ever started, including those that ECS would have deleted.</summary>
    public IReadOnlyList<LoopbackTask> Tasks
    {
        get
        {
            lock (_state)
                return [.. _state.Tasks];
        }
    }

    /// <summary>How long after its start DescribeTasks reports a task as MISSING. Default: zero.</summary>
    public TimeSpan MissingFor
    {
        get => _state.MissingFor;
        set => _state.MissingFor = value;
    }

    /// <summary>How many times DescribeTasks reports a new task as MISSING.</summary>
    public int MissingDescribes
    {
        get => _state.MissingDescribes;
        set => _state.MissingDescribes = value;
    }

    /// <summary>
    /// Acts for the containers of a task that becomes RUNNING. An exit code ends the task; null leaves it RUNNING.
    /// </summary>
    public Func<LoopbackTask, CancellationToken, Task<int?>>? OnRunning { get; set; }

    /// <summary>Waits for the next task to be started, and returns the tasks in order.</summary>
    public ValueTask<LoopbackTask> NextTaskAsync(CancellationToken cancellationToken) =>
        _state.Started.Reader.ReadAsync(cancellationToken);

    /// <summary>Adds a container that is not in the task definition before the others, as GuardDuty does.</summary>
    public void Inject(string taskArn, string container, string image = "guardduty-agent", int exitCode = 0) =>
        Change(taskArn, task => task.Inject(new LoopbackContainer(container, image, exitCode)));

    /// <summary>
    /// Advances a task by one status. From RUNNING, its essential container exits with code 0, unless the task is already being stopped.
    /// </summary>
    public async Task AdvanceAsync(string taskArn, CancellationToken cancellationToken = default)
    {
        var task = Change(taskArn, task => task.Advance(_state.Now));
        if (task.LastStatus == "RUNNING" && OnRunning is { } run && await run(task, cancellationToken) is { } exitCode)
            Stop(taskArn, exitCode: exitCode);
    }

    /// <summary>Advances a task until it is RUNNING, and calls <see cref="OnRunning"/>.</summary>
    public async Task RunAsync(string taskArn, CancellationToken cancellationToken = default)
    {
        while (Find(taskArn).StartedAt is null)
            await AdvanceAsync(taskArn, cancellationToken);
    }

    /// <summary>Begins to stop a task in any status. <see cref="AdvanceAsync"/> then advances it.</summary>
    /// <param name="taskArn">The task.</param>
    /// <param name="stopCode">The stop code. Ignored when the task is already being stopped.</param>
    /// <param name="reason">The task's stopped reason.</param>
    /// <param name="exitCode">The exit code of the container. Ignored when it never ran.</param>
    /// <param name="containerReason">The container's reason.</param>
    /// <param name="container">The container; null for the first essential one.</param>
    public void BeginStop(
        string taskArn, string stopCode = "EssentialContainerExited", string? reason = "Essential container in task exited",
        int? exitCode = 0, string? containerReason = null, string? container = null) =>
        Change(taskArn, task => task.BeginStop(new TaskStop(stopCode, reason, exitCode, containerReason, container), _state.Now));

    /// <summary>Stops a task, and advances it until it is STOPPED.</summary>
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
