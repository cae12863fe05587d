using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Thumbnails.Deploy.Tests;

/// <summary>A recorded request to AWS.</summary>
/// <param name="Caller">The access key that signed the request or the presigned URL.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, such as <c>/bucket/videos/a.mp4</c>.</param>
/// <param name="Query">The names of the query parameters.</param>
/// <param name="Operation">The ECS operation; null for S3.</param>
internal sealed record AwsCall(string Caller, string Method, string Path, IReadOnlyCollection<string> Query, string? Operation);

/// <summary>A proxy between the programs and moto that records every call and its caller.</summary>
internal sealed partial class RecordingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Uri _moto;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly ConcurrentQueue<AwsCall> _calls = [];
    private int _throttled;

    private RecordingProxy(Uri moto)
    {
        _moto = moto;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(ForwardAsync);
    }

    public string Url => _app.Urls.Single();

    public IReadOnlyCollection<AwsCall> Calls => _calls;

    public static async Task<RecordingProxy> StartAsync(Uri moto)
    {
        var proxy = new RecordingProxy(moto);
        await proxy._app.StartAsync();
        return proxy;
    }

    /// <summary>Throttles the given number of RunTask calls.</summary>
    public void ThrottleRunTask(int times) => _throttled = times;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var call = CallOf(context.Request);
        _calls.Enqueue(call);
        if (call.Operation == "RunTask" && Interlocked.Decrement(ref _throttled) >= 0)
        {
            context.Response.StatusCode = 400;
            context.Response.ContentType = "application/x-amz-json-1.1";
            await context.Response.WriteAsync("""{"__type":"ThrottlingException","message":"Rate exceeded"}""");
            return;
        }

        using var request = await RequestOfAsync(context);
        using var response = await _client.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            context.Response.Headers[name] = values.ToArray();
        if (context.Request.Method != HttpMethods.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await response.Content.CopyToAsync(context.Response.Body);
    }

    private async Task<HttpRequestMessage> RequestOfAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(_moto, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget))
        {
            Content = new StreamContent(body),
        };
        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding" or "Expect")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return request;
    }

    private static AwsCall CallOf(HttpRequest request) => new(
        Credential().Match(request.Headers.Authorization + request.Query["X-Amz-Credential"].ToString()).Groups["key"].Value,
        request.Method,
        request.Path,
        [.. request.Query.Keys],
        request.Headers["X-Amz-Target"].ToString() is { Length: > 0 } target ? target.Split('.')[1] : null);

    [GeneratedRegex("^(AWS4-HMAC-SHA256 Credential=)?(?<key>[A-Z]+)/")]
    private static partial Regex Credential();
}
