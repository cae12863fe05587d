namespace Thumbnails.TestServers.Ecs;

/// <summary>The operations of the server.</summary>
public enum EcsOperation
{
    RunTask,
    DescribeTasks,
    StopTask,
    ListTasks,
}
