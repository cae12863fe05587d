using System.Text.Json.Serialization;
using Amazon.ECS.Model;

namespace Amazon.ECS.Internal;

/// <summary>
/// The wire's shapes. A member is its property's name with a small first letter; what is null is not sent, and what is
/// not known is not read.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(EpochConverter),
        typeof(ConstantConverter<AssignPublicIp>),
        typeof(ConstantConverter<DesiredStatus>),
        typeof(ConstantConverter<LaunchType>),
        typeof(ConstantConverter<PropagateTags>),
        typeof(ConstantConverter<TaskStopCode>),
    ])]
[JsonSerializable(typeof(RunTaskRequest))]
[JsonSerializable(typeof(RunTaskResponse))]
[JsonSerializable(typeof(DescribeTasksRequest))]
[JsonSerializable(typeof(DescribeTasksResponse))]
[JsonSerializable(typeof(StopTaskRequest))]
[JsonSerializable(typeof(StopTaskResponse))]
[JsonSerializable(typeof(ListTasksRequest))]
[JsonSerializable(typeof(ListTasksResponse))]
[JsonSerializable(typeof(Conflict))]
internal sealed partial class EcsJson : JsonSerializerContext;

internal sealed record Conflict(List<string> ResourceIds);
