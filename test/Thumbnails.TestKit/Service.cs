using System.Text.Json;
using Thumbnails.Client;

namespace Thumbnails.TestKit;

/// <summary>The API as a separate process on a free port, with a client.</summary>
public sealed class Service : IDisposable
{
    private Service(ProgramRun run, Uri address, HttpMessageHandler? handler)
    {
        Run = run;
        Http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        Client = new ThumbnailsClient(Http);
    }

    public ProgramRun Run { get; }

    public Uri Address => Http.BaseAddress!;

    public ThumbnailsClient Client { get; }

    /// <summary>For pages, documents and invalid requests, which the client does not cover.</summary>
    public HttpClient Http { get; }

    /// <param name="program">The path of the API.</param>
    /// <param name="settings">The environment variables of the API.</param>
    /// <param name="handler">Sends the client's requests; null for the default handler.</param>
    public static async Task<Service> StartAsync(string program, IReadOnlyDictionary<string, string> settings, HttpMessageHandler? handler = null)
    {
        var run = new ProgramRun(program, new Dictionary<string, string>(settings) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });
        try
        {
            // Each line of the log is a JSON object. The first one with an address states where the service listens.
            var line = await run.LineAsync(line => line.Contains("\"address\"", StringComparison.Ordinal));
            return new Service(run, new Uri(JsonDocument.Parse(line).RootElement.GetProperty("address").GetString()!), handler);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Http.Dispose();
        Run.Dispose();
    }
}
