using System.Text.Json.Nodes;
using Thumbnails.TestKit;
using Thumbnails.TestServers.Lambda;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The published API as a Lambda function, reached only through the Runtime API.</summary>
internal sealed class PublishedFunction : IAsyncDisposable
{
    /// <summary>The settings that a function needs to start, without reachable services.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["Storage__Bucket"] = MotoAccount.Bucket,
        ["Runner__Kind"] = "fargate",
        ["Fargate__Cluster"] = MotoAccount.Cluster,
        ["Fargate__TaskDefinition"] = MotoAccount.Family,
        ["Fargate__Subnets"] = "subnet-1",
    };

    private PublishedFunction(LoopbackLambda lambda, ProgramRun run) => (Lambda, Run) = (lambda, run);

    public LoopbackLambda Lambda { get; }

    public ProgramRun Run { get; }

    /// <param name="settings">Settings that extend or override the defaults.</param>
    /// <param name="snapStart">Whether the function first waits for the restore of its snapshot.</param>
    /// <param name="secondsLeft">
    /// The remaining time that the function sees. The real limit is 30 seconds, so deadlines can be tested on a busy machine.
    /// </param>
    public static async Task<PublishedFunction> StartAsync(
        IReadOnlyDictionary<string, string>? settings = null, bool snapStart = false, int secondsLeft = 30)
    {
        var lambda = await LoopbackLambda.StartAsync(new LateClock(TimeSpan.FromSeconds(30 - secondsLeft)), snapStart);
        var environment = new Dictionary<string, string>(lambda.Environment);
        foreach (var (name, value) in Settings.Concat(settings ?? new Dictionary<string, string>()))
            environment[name] = value;
        return new PublishedFunction(lambda, new ProgramRun(Published.Api, environment));
    }

    /// <summary>Sends a request that API Gateway has authorized.</summary>
    public Task<HttpApiAnswer> SendAsync(HttpApiEvent request, LambdaInvocation? invocation = null) =>
        SendAnyAsync(request with { Authorizer = new JsonObject { ["iam"] = new JsonObject { ["userArn"] = "arn:aws:iam::123456789012:user/u" } } }, invocation);

    /// <summary>Sends a request unchanged.</summary>
    public Task<HttpApiAnswer> SendAnyAsync(HttpApiEvent request, LambdaInvocation? invocation = null) =>
        Lambda.SendAsync(request, invocation, new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token);

    public async Task<(HttpApiAnswer Answer, JsonNode Body)> SendJsonAsync(string method, string path, string? json = null, int? wait = null)
    {
        var headers = new Dictionary<string, string> { ["content-type"] = "application/json" };
        if (wait is not null)
            headers["prefer"] = $"wait={wait}";
        var response = await SendAsync(new HttpApiEvent { Method = method, Path = path, Body = json, Headers = headers });
        return (response, JsonNode.Parse(response.Text)!);
    }

    public async ValueTask DisposeAsync()
    {
        Run.Dispose();
        await Lambda.DisposeAsync();
    }

    private sealed class LateClock(TimeSpan late) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - late;
    }
}
