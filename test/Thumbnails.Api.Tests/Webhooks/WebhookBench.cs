using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;
using Thumbnails.TestServers;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>A receiver, and services that share a store, a manual clock and a recorded log.</summary>
internal sealed class WebhookBench : IAsyncDisposable
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly TempFolder _folder = new();

    private WebhookBench(WebhookReceiver receiver, TimeSpan timeout, (string Name, string? Value)[] settings)
    {
        Receiver = receiver;
        Service = Start(timeout, settings);
    }

    public WebhookReceiver Receiver { get; }

    public ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    public Service Service { get; }

    public ConcurrentQueue<string> Log { get; } = [];

    public IObjectStore Store => Service.Get<IObjectStore>();

    public static Task<WebhookBench> StartAsync(params (string Name, string? Value)[] settings) => StartAsync(TimeSpan.FromSeconds(15), settings);

    public static async Task<WebhookBench> StartAsync(TimeSpan timeout, params (string Name, string? Value)[] settings) =>
        new(await WebhookReceiver.StartAsync(), timeout, settings);

    /// <summary>Starts another service on the same store.</summary>
    public Service Start(TimeSpan? timeout = null, params (string Name, string? Value)[] settings) => new(
        (_, services) => services
            .WithoutTicks()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<ILogger<WebhookSender>>(new KeptLog(Log))
            .AddSingleton(provider => new WebhookClient(provider.GetRequiredService<WebhookSettings>(), Clock) { Timeout = timeout ?? TimeSpan.FromSeconds(15) }),
        [
            ("Storage:Root", _folder["data"]), ("Runner:WorkerPath", DummyProgram.Path), ("Webhooks:Secret", Secret),
            ("Webhooks:AllowPrivateAddresses", "true"), .. settings,
        ]);

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        await Receiver.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Creates a job that has ended but whose event was lost.</summary>
    public async Task<JobId> EndedJobAsync(Uri? url = null)
    {
        var job = new Job
        {
            Id = JobId.New(Clock),
            VideoKey = ObjectKey.Parse("videos/a.mp4"),
            Frames = [new FrameRequest { Position = FramePosition.Parse("1"), OutputName = OutputName.Parse("a.png") }],
            CreatedAt = Clock.GetUtcNow(),
            TimeoutSeconds = 900,
            Callback = new JobCallback(url ?? Receiver.Url, new Uri("http://api.example/")),
        };
        var result = new JobResult
        {
            Status = JobStatus.Succeeded,
            FinishedAt = Clock.GetUtcNow(),
            Frames = [new FrameResult { OutputName = job.Frames[0].OutputName, Position = 1, Width = 320, Height = 180, SizeBytes = 1000 }],
        };
        await Service.Get<AcceptJob>().RunAsync(job, default);
        await Store.PutResultAsync(job.Id, result, default);
        return job.Id;
    }

    public Task DeliverAsync(JobId id) => Service.Get<JobReconciler>().RunAsync(id, untilEnd: false, default);

    public Task TickAsync() => Service.Get<JobClock>().TickAsync(default);

    /// <summary>Returns the remaining clock entries.</summary>
    public Task<IReadOnlyList<ObjectInfo>> DueAsync() => Store.ListAsync(ObjectKeys.Due, null, 10, default);

    public async Task<JsonNode> JobAsync(JobId id)
    {
        using var response = await Service.Client.GetAsync($"/jobs/{id}");
        return await response.JsonAsync();
    }

    public async Task<JsonNode> WebhookAsync(JobId id) => (await JobAsync(id))["webhook"]!;

    public async Task<string> OutcomeAsync(JobId id)
    {
        var webhook = await WebhookAsync(id);
        return $"{webhook["status"]} {webhook["attempts"]} {webhook["lastStatusCode"]} {webhook["lastError"]}".Replace("  ", " ", StringComparison.Ordinal).Trim();
    }

    /// <summary>Waits for the background delivery to reach an outcome.</summary>
    public async Task UntilAsync(JobId id, string outcome)
    {
        for (var i = 0; i < 1000 && await OutcomeAsync(id) != outcome; i++)
            await Task.Delay(10);
        Assert.Equal(outcome, await OutcomeAsync(id));
    }

    private sealed class KeptLog(ConcurrentQueue<string> lines) : ILogger<WebhookSender>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
