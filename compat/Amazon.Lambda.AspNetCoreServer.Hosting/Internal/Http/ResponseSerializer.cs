using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Serializes responses in payload format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.response"/>
/// </summary>
internal static class ResponseSerializer
{
    private const int Overhead = 1024;

    // Still valid JSON: only the escapes that protect HTML pages are left out.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Serialize(ResponseFeature response, string method)
    {
        var hasBody = HasBody(response.StatusCode, method);
        var body = hasBody ? response.Body.Written : default;
        var isText = TextContent.IsText(response.Headers) && Utf8.IsValid(body.Span);
        var buffer = new ArrayBufferWriter<byte>(Overhead + (isText ? body.Length : Base64Length(body)));
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteNumber("statusCode", response.StatusCode);
        WriteHeaders(json, response.Headers, hasBody ? body.Length : null);
        WriteCookies(json, response.Headers);
        WriteBody(json, body.Span, isText);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Serializes a problem (RFC 9457) of this server's own.</summary>
    public static ReadOnlyMemory<byte> Problem(int status)
    {
        var response = new ResponseFeature { StatusCode = status };
        response.Headers.ContentType = "application/problem+json";
        using (var json = new Utf8JsonWriter(response.Body))
        {
            json.WriteStartObject();
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteEndObject();
        }

        return Serialize(response, HttpMethods.Get);
    }

    private static bool HasBody(int status, string method) =>
        method != HttpMethods.Head && status is not (< 200 or StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent
            or StatusCodes.Status304NotModified);

    private static int Base64Length(ReadOnlyMemory<byte> body) => (body.Length + 2) / 3 * 4;

    private static void WriteHeaders(Utf8JsonWriter json, IHeaderDictionary headers, int? length)
    {
        json.WriteStartObject("headers");
        foreach (var (name, values) in headers)
        {
            if (name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase)
                || name.Equals(HeaderNames.TransferEncoding, StringComparison.OrdinalIgnoreCase))
                continue;
            if (length is not null && name.Equals(HeaderNames.ContentLength, StringComparison.OrdinalIgnoreCase))
                json.WriteString(name, length.Value.ToString(CultureInfo.InvariantCulture));
            else
                json.WriteString(name, values.Count == 1 ? values[0] : string.Join(',', values.AsEnumerable()));
        }

        json.WriteEndObject();
    }

    private static void WriteCookies(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        var cookies = headers.SetCookie;
        if (cookies.Count == 0)
            return;
        json.WriteStartArray("cookies");
        foreach (var cookie in cookies)
            json.WriteStringValue(cookie);
        json.WriteEndArray();
    }

    private static void WriteBody(Utf8JsonWriter json, ReadOnlySpan<byte> body, bool isText)
    {
        if (body.IsEmpty)
            return;
        if (isText)
            json.WriteString("body"u8, body);
        else
            json.WriteBase64String("body"u8, body);
        json.WriteBoolean("isBase64Encoded", !isText);
    }
}
