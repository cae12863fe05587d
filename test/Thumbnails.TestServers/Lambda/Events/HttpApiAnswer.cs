using System.Text;
using System.Text.Json;

namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>
/// The HTTP response that API Gateway makes of a function's response to an <see cref="HttpApiEvent"/>.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response"/>
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Cookies">The values of the Set-Cookie headers.</param>
/// <param name="Body">The body.</param>
/// <param name="WasBase64">Whether the function sent the body as base64.</param>
public sealed record HttpApiAnswer(
    int Status, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> Cookies, byte[] Body, bool WasBase64)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Reads the response of an invocation.</summary>
    /// <exception cref="InvalidOperationException">The invocation failed, or did not return an HTTP response.</exception>
    public static HttpApiAnswer Of(LambdaOutcome outcome)
    {
        if (outcome.Error is { } error)
            throw new InvalidOperationException($"The function failed with {error.Type}: {error.Message}");
        var json = outcome.Json;
        if (!json.TryGetProperty("statusCode", out var status))
            throw new InvalidOperationException($"The response has no statusCode: {outcome.Payload}");

        var isBase64 = json.TryGetProperty("isBase64Encoded", out var encoded) && encoded.GetBoolean();
        return new HttpApiAnswer(status.GetInt32(), HeadersOf(json), CookiesOf(json), BodyOf(json, isBase64), isBase64);
    }

    private static Dictionary<string, string> HeadersOf(JsonElement json) =>
        !json.TryGetProperty("headers", out var headers)
            ? []
            : headers.EnumerateObject().ToDictionary(
                header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);

    private static List<string> CookiesOf(JsonElement json) =>
        json.TryGetProperty("cookies", out var cookies) ? [.. cookies.EnumerateArray().Select(cookie => cookie.GetString()!)] : [];

    private static byte[] BodyOf(JsonElement json, bool isBase64)
    {
        if (!json.TryGetProperty("body", out var body) || body.ValueKind == JsonValueKind.Null)
            return [];
        return isBase64 ? body.GetBytesFromBase64() : Encoding.UTF8.GetBytes(body.GetString()!);
    }
}
