using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Thumbnails.TestServers.Lambda.Wire;

/// <summary>Handles the requests of the function.</summary>
internal sealed class RuntimeEndpoint(LambdaState state)
{
    // The documented limit, "6 MB", as in Lambda's errors.
    private const int MaxPayload = 6_291_556;

    public async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        switch ((request.Method, request.Path.Value!.Split('/')[1..]))
        {
            case ("GET", ["2018-06-01", "runtime", "invocation", "next"]):
                await NextAsync(context);
                break;
            case ("GET", ["2018-06-01", "runtime", "restore", "next"]):
                await RestoreAsync(context);
                break;
            case ("POST", ["2018-06-01", "runtime", "invocation", var id, "response"]):
                await RespondAsync(context, id);
                break;
            case ("POST", ["2018-06-01", "runtime", "invocation", var id, "error"]):
                await FailAsync(context, id);
                break;
            case ("POST", ["2018-06-01", "runtime", "init", "error"]):
                await FailInitializationAsync(context);
                break;
            default:
                state.Violate($"there is no {request.Method} {request.Path}");
                await WriteAsync(context.Response, 404, """{"errorMessage":"page not found","errorType":"NotFound"}""");
                break;
        }
    }

    private async Task NextAsync(HttpContext context)
    {
        var invocation = await state.NextAsync(context.RequestAborted);
        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Invocation-Id"] = invocation.InvocationId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] =
            $"arn:aws:lambda:us-east-1:123456789012:function:{FunctionVariables.FunctionName}";
        if (invocation.Options.TraceId.Length > 0)
            headers["Lambda-Runtime-Trace-Id"] = invocation.Options.TraceId;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, context.RequestAborted);
    }

    private async Task RestoreAsync(HttpContext context)
    {
        await state.RestoreAsync(context.RequestAborted);
        await WriteAsync(context.Response, 200, "{}");
    }

    private async Task RespondAsync(HttpContext context, string id)
    {
        var payload = await RequestReader.TextAsync(context.Request, state);
        if (Take(context.Request, id) is not { } invocation)
        {
            await RefuseAsync(context.Response);
        }
        else if (context.Request.ContentLength > MaxPayload)
        {
            state.Violate($"the response has more than {MaxPayload} bytes");
            var message = $"Exceeded maximum allowed payload size ({MaxPayload} bytes).";
            await WriteAsync(context.Response, 413, $$"""{"errorMessage":"{{message}}","errorType":"RequestEntityTooLarge"}""");
            invocation.End("", new LambdaFunctionError("Function.ResponseSizeTooLarge", message, []));
        }
        else
        {
            RequestReader.CheckJson(payload, state);
            await AcceptAsync(context.Response);
            invocation.End(payload, null);
        }
    }

    private async Task FailAsync(HttpContext context, string id)
    {
        var error = await RequestReader.ErrorAsync(context.Request, state);
        if (Take(context.Request, id) is not { } invocation)
        {
            await RefuseAsync(context.Response);
            return;
        }

        await AcceptAsync(context.Response);
        invocation.End("", error);
    }

    private async Task FailInitializationAsync(HttpContext context)
    {
        if (state.FailInitialization(await RequestReader.ErrorAsync(context.Request, state)))
            await AcceptAsync(context.Response);
        else
            await WriteAsync(context.Response, 403, """{"errorMessage":"State transition is not allowed","errorType":"InvalidStateTransition"}""");
    }

    private PendingInvocation? Take(HttpRequest request, string id)
    {
        var invocation = state.TakeForAnswer(id);
        state.Require(
            invocation is null || request.Headers["Lambda-Runtime-Invocation-Id"] == invocation.InvocationId,
            $"the response to {id} does not repeat Lambda-Runtime-Invocation-Id");
        return invocation;
    }

    private static Task RefuseAsync(HttpResponse response) =>
        WriteAsync(response, 400, """{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}""");

    private static Task AcceptAsync(HttpResponse response) => WriteAsync(response, 202, """{"status":"OK"}""");

    private static Task WriteAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        return response.WriteAsync(json);
    }
}
