using System.Text.Json.Serialization;
using Amazon.ECS.Model;

namespace Amazon.ECS.Internal;

/// <summary>The JSON shapes. Member names are camelCase; null members are omitted and unknown members ignored.</summary>
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
