namespace Thumbnails.TestServers.Ecs.Tasks;

/// <param name="Code">The stop code.</param>
/// <param name="Reason">The task's stopped reason.</param>
/// <param name="ExitCode">The exit code of the container. Ignored when it never ran.</param>
/// <param name="ContainerReason">The container's reason.</param>
/// <param name="Container">The container; null for the first essential one.</param>
internal sealed record TaskStop(
    string Code, string? Reason, int? ExitCode, string? ContainerReason = null, string? Container = null)
{
    private const int Terminated = 128 + 15;

    public static TaskStop Exited(int exitCode) =>
        new("EssentialContainerExited", "Essential container in task exited", exitCode);

    public static TaskStop ByUser(string? reason) => new("UserInitiated", reason, Terminated);
}
