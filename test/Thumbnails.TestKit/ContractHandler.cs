using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Thumbnails.TestKit;

/// <summary>Validates every response, and every request that succeeds, against the service's OpenAPI document.</summary>
public sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Taken from the first service that responds, because all services of a process have the same document.
    private static ApiContract? _contract;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = IsJson(request.Content?.Headers) ? await request.Content!.ReadAsStringAsync(cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith("/swagger", StringComparison.Ordinal))
            return response;
        _contract ??= await LoadAsync(request.RequestUri, cancellationToken);
        var operation = _contract.Find(request.Method, request.RequestUri.AbsolutePath);
        if (response.IsSuccessStatusCode && body is not null)
            operation?.CheckRequest(body);
        var answer = IsJson(response.Content.Headers) && request.Method != HttpMethod.Head
            ? await response.Content.ReadAsStringAsync(cancellationToken)
            : null;
        if (operation is not null)
            operation.CheckResponse(response, answer);
        else if (answer is not null && response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            _contract.CheckProblem(answer);
        return response;
    }

    private async Task<ApiContract> LoadAsync(Uri origin, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(origin, "/swagger/v1/swagger.json"));
        using var response = await base.SendAsync(request, cancellationToken);
        return new ApiContract(JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken))!);
    }

    private static bool IsJson(HttpContentHeaders? headers) =>
        headers?.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
}
