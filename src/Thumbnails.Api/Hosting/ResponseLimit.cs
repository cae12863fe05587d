namespace Thumbnails.Api.Hosting;

/// <summary>
/// Limits responses to the 6 MB that Lambda accepts, so that a caller gets a problem instead of a function failure.
/// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
/// </summary>
internal static class ResponseLimit
{
    // Leaves room for the headers.
    private const long Max = (6 << 20) - (64 << 10);

    public static IApplicationBuilder UseResponseLimit(this IApplicationBuilder app) => LambdaHosting.IsPresent ? app.Use(LimitAsync) : app;

    // A function sends its response as a whole anyway.
    internal static async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        var client = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = client;
        }

        if (LengthInEvent(body.GetBuffer().AsSpan(0, (int)body.Length), context.Response) > Max)
            throw new InvalidOperationException($"The response has {body.Length} bytes, more than Lambda accepts.");
        body.Position = 0;
        await body.CopyToAsync(client, context.RequestAborted);
    }

    // Text becomes a JSON string, with quotes and backslashes escaped; everything else becomes base64.
    private static long LengthInEvent(ReadOnlySpan<byte> body, HttpResponse response) =>
        response.ContentType is { } type && type.Contains("json", StringComparison.OrdinalIgnoreCase) && response.Headers.ContentEncoding.Count == 0
            ? body.Length + body.Count((byte)'"') + body.Count((byte)'\\')
            : (body.Length + 2L) / 3 * 4;
}
