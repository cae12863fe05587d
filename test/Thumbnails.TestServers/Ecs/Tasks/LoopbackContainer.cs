namespace Thumbnails.TestServers.Ecs.Tasks;

/// <summary>A container of a task.</summary>
public sealed class LoopbackContainer
{
    private readonly int? _injectedExitCode;

    internal LoopbackContainer(string name, string image, int? injectedExitCode = null)
    {
        Name = name;
        Image = image;
        _injectedExitCode = injectedExitCode;
    }

    public string Name { get; }

    public string Image { get; }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string LastStatus { get; private set; } = "PENDING";

    public int? ExitCode { get; private set; }

    public string? Reason { get; private set; }

    internal void Start() => LastStatus = "RUNNING";

    internal void End(LoopbackTaskDefinition definition, TaskStop stop)
    {
        var main = stop.Container ?? definition.Containers.First(container => container.IsEssential).Name;
        if (Name == main)
            Reason = stop.ContainerReason;
        if (LastStatus == "RUNNING")
            ExitCode = Name == main ? stop.ExitCode : _injectedExitCode ?? 0;
        LastStatus = "STOPPED";
    }
}
