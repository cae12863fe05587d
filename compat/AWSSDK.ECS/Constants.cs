using Amazon.ECS.Internal;
using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Whether a task's network interface receives a public IP address. Unlisted values are preserved.</summary>
public class AssignPublicIp : ConstantClass, IConstant<AssignPublicIp>
{
    public static readonly AssignPublicIp DISABLED = new("DISABLED");
    public static readonly AssignPublicIp ENABLED = new("ENABLED");

    public AssignPublicIp(string value)
        : base(value)
    {
    }

    public static AssignPublicIp FindValue(string value) => FindValue<AssignPublicIp>(value);

    public static implicit operator AssignPublicIp(string value) => FindValue(value);
}

/// <summary>The desired status of a task. Amazon ECS never reports <c>PENDING</c>. Unlisted values are preserved.</summary>
public class DesiredStatus : ConstantClass, IConstant<DesiredStatus>
{
    public static readonly DesiredStatus PENDING = new("PENDING");
    public static readonly DesiredStatus RUNNING = new("RUNNING");
    public static readonly DesiredStatus STOPPED = new("STOPPED");

    public DesiredStatus(string value)
        : base(value)
    {
    }

    public static DesiredStatus FindValue(string value) => FindValue<DesiredStatus>(value);

    public static implicit operator DesiredStatus(string value) => FindValue(value);
}

/// <summary>The launch type of a task. Unlisted values are preserved.</summary>
public class LaunchType : ConstantClass, IConstant<LaunchType>
{
    public static readonly LaunchType EC2 = new("EC2");
    public static readonly LaunchType EXTERNAL = new("EXTERNAL");
    public static readonly LaunchType FARGATE = new("FARGATE");
    public static readonly LaunchType MANAGED_INSTANCES = new("MANAGED_INSTANCES");

    public LaunchType(string value)
        : base(value)
    {
    }

    public static LaunchType FindValue(string value) => FindValue<LaunchType>(value);

    public static implicit operator LaunchType(string value) => FindValue(value);
}

/// <summary>Where a task's tags are propagated from. Unlisted values are preserved.</summary>
public class PropagateTags : ConstantClass, IConstant<PropagateTags>
{
    public static readonly PropagateTags NONE = new("NONE");
    public static readonly PropagateTags SERVICE = new("SERVICE");
    public static readonly PropagateTags TASK_DEFINITION = new("TASK_DEFINITION");

    public PropagateTags(string value)
        : base(value)
    {
    }

    public static PropagateTags FindValue(string value) => FindValue<PropagateTags>(value);

    public static implicit operator PropagateTags(string value) => FindValue(value);
}

/// <summary>Why a task was stopped. Amazon ECS may add codes; unlisted values are preserved.</summary>
public class TaskStopCode : ConstantClass, IConstant<TaskStopCode>
{
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");
    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");
    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");
    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");
    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");
    public static readonly TaskStopCode UserInitiated = new("UserInitiated");

    public TaskStopCode(string value)
        : base(value)
    {
    }

    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);

    public static implicit operator TaskStopCode(string value) => FindValue(value);
}
