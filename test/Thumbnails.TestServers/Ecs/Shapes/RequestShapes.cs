using static Thumbnails.TestServers.Ecs.Shapes.ShapeSyntax;

namespace Thumbnails.TestServers.Ecs.Shapes;

/// <summary>The shapes of the requests, member by member as in AWS's service model ecs-2014-11-13.</summary>
internal static class RequestShapes
{
    private static readonly Shape LaunchType = OneOf("EC2", "EXTERNAL", "FARGATE", "MANAGED_INSTANCES");

    private static readonly Shape PropagateTags = OneOf("NONE", "SERVICE", "TASK_DEFINITION");

    private static readonly Shape Tags = ListOf(
        Structure(
            [],
            ("key", Text with { Min = 1, Max = 128, Pattern = TagCharacters }),
            ("value", Text with { Min = 0, Max = 256, Pattern = TagCharacters }))) with
    { Min = 0, Max = 50 };

    private static readonly Shape CapacityProviderStrategy = ListOf(Structure(
        ["capacityProvider"],
        ("capacityProvider", Text),
        ("weight", Whole with { Min = 0, Max = 1000 }),
        ("base", Whole with { Min = 0, Max = 100_000 })));

    private static readonly Shape NetworkConfiguration = Structure(
        [],
        ("awsvpcConfiguration", Structure(
            ["subnets"],
            ("subnets", ListOf(Text)),
            ("securityGroups", ListOf(Text)),
            ("assignPublicIp", OneOf("DISABLED", "ENABLED")))));

    private static readonly Shape ContainerOverride = Structure(
        [],
        ("name", Text),
        ("command", ListOf(Text)),
        ("environment", ListOf(Structure([], ("name", Text), ("value", Text)))),
        ("environmentFiles", ListOf(Structure(["value", "type"], ("value", Text), ("type", OneOf("s3"))))),
        ("cpu", Whole),
        ("memory", Whole),
        ("memoryReservation", Whole),
        ("resourceRequirements", ListOf(Structure(
            ["value", "type"], ("value", Text), ("type", OneOf("GPU", "InferenceAccelerator"))))));

    private static readonly Shape Overrides = Structure(
        [],
        ("containerOverrides", ListOf(ContainerOverride)),
        ("cpu", Text),
        ("inferenceAcceleratorOverrides", ListOf(Structure([], ("deviceName", Text), ("deviceType", Text)))),
        ("executionRoleArn", Text),
        ("memory", Text),
        ("taskRoleArn", Text),
        ("ephemeralStorage", Structure(["sizeInGiB"], ("sizeInGiB", Whole))));

    private static readonly Shape VolumeConfigurations = ListOf(Structure(
        ["name"],
        ("name", Text),
        ("managedEBSVolume", Structure(
            ["roleArn"],
            ("encrypted", Flag),
            ("kmsKeyId", Text),
            ("volumeType", Text),
            ("sizeInGiB", Whole),
            ("snapshotId", Text),
            ("volumeInitializationRate", Whole),
            ("iops", Whole),
            ("throughput", Whole),
            ("tagSpecifications", ListOf(Structure(
                ["resourceType"], ("resourceType", OneOf("volume")), ("tags", Tags), ("propagateTags", PropagateTags)))),
            ("roleArn", Text),
            ("terminationPolicy", Structure(["deleteOnTermination"], ("deleteOnTermination", Flag))),
            ("filesystemType", OneOf("ext3", "ext4", "ntfs", "xfs"))))));

    private static readonly Shape RunTask = Structure(
        ["taskDefinition"],
        ("capacityProviderStrategy", CapacityProviderStrategy),
        ("cluster", Text),
        ("count", Whole),
        ("enableECSManagedTags", Flag),
        ("enableExecuteCommand", Flag),
        ("group", Text),
        ("launchType", LaunchType),
        ("networkConfiguration", NetworkConfiguration),
        ("overrides", Overrides),
        ("placementConstraints", ListOf(Structure([], ("type", OneOf("distinctInstance", "memberOf")), ("expression", Text)))),
        ("placementStrategy", ListOf(Structure([], ("type", OneOf("binpack", "random", "spread")), ("field", Text)))),
        ("platformVersion", Text),
        ("propagateTags", PropagateTags),
        ("referenceId", Text),
        ("startedBy", Text),
        ("tags", Tags),
        ("taskDefinition", Text),
        ("clientToken", Text),
        ("volumeConfigurations", VolumeConfigurations));

    private static readonly Shape DescribeTasks = Structure(
        ["tasks"], ("cluster", Text), ("tasks", ListOf(Text)), ("include", ListOf(OneOf("TAGS"))));

    private static readonly Shape StopTask = Structure(["task"], ("cluster", Text), ("task", Text), ("reason", Text));

    private static readonly Shape ListTasks = Structure(
        [],
        ("cluster", Text),
        ("containerInstance", Text),
        ("family", Text),
        ("nextToken", Text),
        ("maxResults", Whole),
        ("startedBy", Text),
        ("serviceName", Text),
        ("desiredStatus", OneOf("PENDING", "RUNNING", "STOPPED")),
        ("launchType", LaunchType),
        ("daemonName", Text));

    private const string TagCharacters = @"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)";

    public static Shape Of(EcsOperation operation) => operation switch
    {
        EcsOperation.RunTask => RunTask,
        EcsOperation.DescribeTasks => DescribeTasks,
        EcsOperation.StopTask => StopTask,
        _ => ListTasks,
    };
}
