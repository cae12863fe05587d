using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Thumbnails.TestServers.Lambda.Wire;

/// <summary>Reads the requests of a function and records their violations.</summary>
internal static class RequestReader
{
    private const string ErrorType = "Lambda-Runtime-Function-Error-Type";

    public static async Task<string> TextAsync(HttpRequest request, LambdaState state)
    {
        state.Require(request.ContentLength is not null, $"{request.Path} came without Content-Length");
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }

    /// <summary>Records a response that is not JSON. An empty one is allowed.</summary>
    public static void CheckJson(string payload, LambdaState state)
    {
        if (payload.Length == 0)
            return;
        try
        {
            using var document = JsonDocument.Parse(payload);
        }
        catch (JsonException exception)
        {
            state.Violate($"the response is not JSON: {exception.Message}");
        }
    }

    public static async Task<LambdaFunctionError> ErrorAsync(HttpRequest request, LambdaState state)
    {
        var text = await TextAsync(request, state);
        try
        {
            using var document = JsonDocument.Parse(text);
            var error = ErrorOf(document.RootElement);
            state.Require(request.Headers[ErrorType] == error.Type, $"{request.Path} came with {ErrorType}: {request.Headers[ErrorType]}");
            return error;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            state.Violate($"{request.Path} came with an error that is not one: {text}");
            return new LambdaFunctionError("Runtime.Unknown", text, []);
        }
    }

    private static LambdaFunctionError ErrorOf(JsonElement json) => new(
        json.GetProperty("errorType").GetString()!,
        json.GetProperty("errorMessage").GetString()!,
        [.. json.GetProperty("stackTrace").EnumerateArray().Select(frame => frame.GetString()!)]);
}
