namespace Thumbnails.TestServers.Ecs;

/// <summary>The operations that the server supports.</summary>
public enum EcsOperation
{
    RunTask,
    DescribeTasks,
    StopTask,
    ListTasks,
}
