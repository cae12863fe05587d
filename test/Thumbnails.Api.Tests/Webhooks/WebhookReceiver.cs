using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>A received webhook.</summary>
internal sealed record ReceivedWebhook(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>Receives webhooks on a real local port.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedWebhook> _received = [];

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ReceiveAsync);
    }

    public IReadOnlyList<ReceivedWebhook> Received => [.. _received];

    /// <summary>Responds to a webhook. Defaults to 204.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Status(204);

    public Uri Url => new(new Uri(_app.Urls.Single()), "/hook?token=opensesame");

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public static Func<HttpContext, Task> Status(int status, string? header = null, string? value = null) => context =>
    {
        context.Response.StatusCode = status;
        if (header is not null)
            context.Response.Headers[header] = value;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var request = context.Request;
        _received.Enqueue(new ReceivedWebhook(
            request.Method, request.Path + request.QueryString, request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()), body.ToArray()));
        await Answer(context);
    }
}
