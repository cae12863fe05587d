namespace Thumbnails.TestServers.Ecs;

/// <summary>What the server can be asked to do.</summary>
public enum EcsOperation
{
    RunTask,
    DescribeTasks,
    StopTask,
    ListTasks,
}
