using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;

namespace Thumbnails.Core.Tests;

/// <summary>The S3 adapter when S3 fails. Each test scripts the server's responses.</summary>
public sealed class S3FaultTests : IAsyncLifetime
{
    private static readonly ObjectKey Key = ObjectKey.Parse("jobs/x");

    private readonly ConcurrentQueue<Func<HttpContext, Task>> _script = new();
    private readonly WebApplication _server;
    private IAmazonS3? _client;
    private S3ObjectStore? _store;

    public S3FaultTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Run(context => _script.TryDequeue(out var response) ? response(context) : Status(500)(context));
    }

    public async Task InitializeAsync()
    {
        await _server.StartAsync();
        Connect(TimeSpan.FromMilliseconds(400));
    }

    private void Connect(TimeSpan timeout)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = _server.Urls.Single(),
            AuthenticationRegion = "us-east-1",
            Timeout = timeout,
            MaxErrorRetry = 2,
        };
        _client = S3Clients.Adapt(new AmazonS3Client(new BasicAWSCredentials("key", "secret"), config));
        _store = new S3ObjectStore(_client, "bucket");
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_transient_S3_error_is_retried()
    {
        // With a timeout of 400 ms per attempt, the client sometimes retries only once.
        Connect(S3Clients.Timeout);
        Respond(Status(503), Status(500), Content("hello"));

        Assert.Equal("hello", await ReadAsync());
    }

    [Fact]
    public async Task A_persistent_S3_error_is_reported_in_one_line()
    {
        var error = await Assert.ThrowsAsync<StorageException>(() => _store!.GetAsync(Key, default));

        Assert.Equal("S3 returned 500 InternalServerError for the bucket bucket.", error.Message);
    }

    [Fact]
    public async Task A_slow_S3_response_is_retried_after_the_timeout()
    {
        Respond(Hang, Content("hello"));

        Assert.Equal("hello", await ReadAsync());
    }

    [Fact]
    public async Task An_S3_server_that_never_responds_times_out()
    {
        Respond(Hang, Hang, Hang, Hang);
        var error = await Assert.ThrowsAsync<StorageException>(() => _store!.HeadAsync(Key, default));

        Assert.Equal("S3 did not respond in time for the bucket bucket.", error.Message);
    }

    [Fact]
    public async Task An_interrupted_S3_response_is_retried()
    {
        Respond(BreakOff("hello"), Content("hello"));

        Assert.Equal("hello", await ReadAsync());
    }

    [Fact]
    public async Task A_conditional_put_with_a_lost_response_succeeds()
    {
        string? stored = null;
        Respond(
            async context =>
            {
                stored = await BodyAsync(context);
                context.Abort();
            },
            Status(412),
            context => Content(stored!)(context));

        Assert.True(await PutIfAbsentAsync("ours"));
    }

    [Fact]
    public async Task A_conditional_put_that_came_second_fails()
    {
        Respond(Status(412), Content("theirs"));

        Assert.False(await PutIfAbsentAsync("ours"));
    }

    [Fact]
    public async Task A_conditional_put_that_conflicts_with_another_is_retried()
    {
        Respond(Status(409, "ConditionalRequestConflict"), Status(200));

        Assert.True(await PutIfAbsentAsync("ours"));
    }

    [Fact]
    public async Task Rejected_credentials_are_reported_in_one_line()
    {
        Respond(Status(403, "InvalidAccessKeyId"));
        var error = await Assert.ThrowsAsync<StorageException>(() => _store!.CheckAsync(default));

        Assert.Equal("The bucket bucket (Storage:Bucket) denies access with these credentials: InvalidAccessKeyId.", error.Message);
    }

    [Fact]
    public async Task An_unreachable_S3_server_is_reported_in_one_line()
    {
        await _server.StopAsync();
        var error = await Assert.ThrowsAsync<StorageException>(() => _store!.CheckAsync(default));

        Assert.StartsWith("S3 cannot be reached for the bucket bucket: Connection refused", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canceled_call_is_not_reported_as_a_storage_error()
    {
        Respond(Hang);
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _store!.GetAsync(Key, gone.Token));
    }

    private void Respond(params Func<HttpContext, Task>[] responses)
    {
        foreach (var response in responses)
            _script.Enqueue(response);
    }

    private static Func<HttpContext, Task> Status(int status, string? code = null) => async context =>
    {
        await BodyAsync(context);
        context.Response.StatusCode = status;
        if (code is not null)
            await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>no</Message></Error>");
    };

    private static Func<HttpContext, Task> Content(string content) => context => context.Response.WriteAsync(content);

    private static Func<HttpContext, Task> BreakOff(string content) => async context =>
    {
        context.Response.ContentLength = content.Length;
        await context.Response.WriteAsync(content[..2]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    };

    private static Task Hang(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    private static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync();
    }

    private async Task<bool> PutIfAbsentAsync(string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await _store!.PutAsync(Key, content, "text/plain", PutCondition.IfAbsent, default);
    }

    private async Task<string> ReadAsync()
    {
        await using var content = await _store!.GetAsync(Key, default);
        using var reader = new StreamReader(content!);
        return await reader.ReadToEndAsync();
    }
}
