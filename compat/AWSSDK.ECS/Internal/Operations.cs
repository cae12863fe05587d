using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Internal;

internal static class Operations
{
    public static InvokeOptions RunTask =>
        Options("RunTask", EcsJson.Default.RunTaskRequest, EcsJson.Default.RunTaskResponse);

    public static InvokeOptions DescribeTasks =>
        Options("DescribeTasks", EcsJson.Default.DescribeTasksRequest, EcsJson.Default.DescribeTasksResponse);

    public static InvokeOptions StopTask =>
        Options("StopTask", EcsJson.Default.StopTaskRequest, EcsJson.Default.StopTaskResponse);

    public static InvokeOptions ListTasks =>
        Options("ListTasks", EcsJson.Default.ListTasksRequest, EcsJson.Default.ListTasksResponse);

    private static InvokeOptions Options<TRequest, TResponse>(
        string operation, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response)
        where TRequest : AmazonECSRequest
        where TResponse : AmazonWebServiceResponse, new() => new()
        {
            RequestMarshaller = new RequestMarshaller<TRequest>(operation, request),
            ResponseUnmarshaller = new ResponseUnmarshaller<TResponse>(response),
        };
}
