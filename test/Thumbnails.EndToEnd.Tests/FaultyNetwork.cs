using System.Collections.Concurrent;
using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>A network between client and service that fails on request and records its traffic.</summary>
internal sealed class FaultyNetwork() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Whether a request, at the given attempt, is lost.</summary>
    public Func<string, int, bool> Fails { get; init; } = (_, _) => false;

    /// <summary>Whether the response to a request, at the given attempt, is lost.</summary>
    public Func<string, int, bool> LosesAnswer { get; init; } = (_, _) => false;

    /// <summary>The method, path and query of each request, and whether it carried an API key.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public ThumbnailsClient ClientOf(Service service, ThumbnailsClientOptions options) =>
        new(new HttpClient(this, disposeHandler: false) { BaseAddress = service.Address, Timeout = Timeout.InfiniteTimeSpan }, options);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var name = $"{request.Method} {request.RequestUri!.PathAndQuery}{(request.Headers.Contains("X-Api-Key") ? " +key" : "")}";
        _requests.Enqueue(name);
        var attempt = _attempts.AddOrUpdate(name, 1, (_, count) => count + 1);
        if (Fails(name, attempt))
            throw new HttpRequestException("The network failed.");
        var answer = await base.SendAsync(request, cancellationToken);
        if (!LosesAnswer(name, attempt))
            return answer;
        answer.Dispose();
        throw new HttpRequestException("The network failed.");
    }
}
