using System.Diagnostics;
using System.Text;
using Thumbnails.TestServers.Lambda;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Benchmarks;

/// <summary>
/// The API in Lambda: its cold start, and warm calls compared with the same calls through Kestrel, in pairs.
/// </summary>
internal static class LambdaBenchmark
{
    private const string Body = """{"fileName":"clip.mp4","contentType":"video/mp4","sizeBytes":1000}""";

    private static readonly HttpApiEvent Upload = new()
    {
        Method = "POST",
        Path = "/uploads",
        Body = Body,
        Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
    };

    public static async Task RunAsync(string artifacts)
    {
        await ColdAsync(artifacts, "exec to first response posted, GET /healthz", new HttpApiEvent { Path = "/healthz" }, 200);
        await ColdAsync(artifacts, "exec to first response posted, POST /uploads", Upload, 201);
        await WarmAsync(artifacts);
    }

    // The invocation is already waiting when the process starts, as in a real cold start.
    private static async Task ColdAsync(string artifacts, string name, HttpApiEvent request, int status)
    {
        var figures = new Figures(name, "ms");
        for (var run = -3; run < 20; run++)
        {
            var lambda = await LoopbackLambda.StartAsync();
            var watch = Stopwatch.StartNew();
            await using var function = Function.Start(artifacts, lambda);
            await function.SendAsync(request, status);
            if (run >= 0)
                figures.Add(watch.Elapsed.TotalMilliseconds);
        }

        figures.Print();
    }

    private static async Task WarmAsync(string artifacts)
    {
        await using var function = await Function.StartAsync(artifacts);
        using var service = await PublishedService.StartAsync(artifacts, PublishedService.AwsSettings);
        var (lambda, kestrel, overhead) = (new Figures("warm POST /uploads through the Runtime API", "ms"), new Figures("the same through Kestrel", "ms"), new Figures("overhead", "ms"));
        for (var run = -1000; run < 3000; run++)
        {
            var a = await TimeAsync(() => function.SendAsync(Upload, 201));
            var b = await TimeAsync(() => PostAsync(service.Http));
            if (run < 0)
                continue;
            lambda.Add(a);
            kestrel.Add(b);
            overhead.Add(a - b);
        }

        lambda.Print();
        kestrel.Print();
        overhead.Print();
    }

    // Built by hand, like the event, so that the two calls differ only in their transport.
    private static async Task PostAsync(HttpClient http)
    {
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri("uploads", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalMilliseconds;
    }
}
