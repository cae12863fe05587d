using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Thumbnails.TestServers.Ecs.Operations;
using Thumbnails.TestServers.Ecs.Shapes;

namespace Thumbnails.TestServers.Ecs.Wire;

/// <summary>Handles requests: reads and records each one, applies its fault, and performs it.</summary>
internal sealed class EcsEndpoint(EcsState state, EcsFaults faults)
{
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var operation = RequestHead.Read(context.Request, state.Region);
            var request = await ReadBodyAsync(context.Request, context.RequestAborted);
            Requests.Enqueue(new RecordedRequest(operation, request, state.Now));
            if (await RunAsync(operation, request, context) is { } answer)
                await WriteAsync(context.Response, 200, answer);
            else
                context.Abort();
        }
        catch (EcsError error)
        {
            await WriteAsync(context.Response, error.Status, error.ToJson());
        }
    }

    private static async Task<JsonElement> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw EcsError.Serialization("The body is not JSON.");
        }
    }

    private static Task WriteAsync(HttpResponse response, int status, JsonNode json)
    {
        response.StatusCode = status;
        response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        var body = JsonSerializer.SerializeToUtf8Bytes(json);
        response.ContentType = "application/x-amz-json-1.1";
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body).AsTask();
    }

    private async Task<JsonNode?> RunAsync(EcsOperation operation, JsonElement request, HttpContext context)
    {
        switch (faults.Take(operation))
        {
            case Fault.Refusal refusal:
                throw refusal.Error;
            case Fault.Answer answer:
                return answer.Json;
            case Fault.Failures failures:
                return Run(operation, request, failures.List);
            case Fault.Cut:
                Run(operation, request, null);
                return null;
            case Fault.Delay delay:
                await Task.Delay(delay.Time, context.RequestAborted);
                break;
        }

        return Run(operation, request, null);
    }

    private JsonObject Run(EcsOperation operation, JsonElement request, IReadOnlyList<EcsFailure>? failures)
    {
        RequestShapes.Of(operation).Check(request, operation.ToString());
        lock (state)
        {
            return operation switch
            {
                EcsOperation.RunTask => RunTask.Run(state, request, failures),
                EcsOperation.DescribeTasks => DescribeTasks.Run(state, request),
                EcsOperation.StopTask => StopTask.Run(state, request),
                _ => ListTasks.Run(state, request),
            };
        }
    }
}
