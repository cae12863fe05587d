namespace Thumbnails.Api.Tests;

public sealed class RawRequestTests : IDisposable
{
    private readonly Service _service = new();

    public static TheoryData<string, int> Unreadable => new()
    {
        { "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
        { $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 40_000)}\r\n\r\n", 431 },
        { "GET / HTTP/1.1\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
        { "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "GET / HTTP/2.7\r\nHost: localhost\r\n\r\n", 505 },
        { "nonsense\r\n\r\n", 400 },
        { "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400 },
    };

    public static TheoryData<string, int> Hosts => new()
    {
        { "GET /jobs HTTP/1.0\r\n\r\n", 200 },
        { "GET /jobs HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 200 },
        { Get("localhost"), 200 },
        { Get("LOCALHOST:5080"), 200 },
        { Get("thumbnails.localhost"), 200 },
        { Get("127.0.0.1:1"), 200 },
        { Get("127.1.2.3"), 200 },
        { Get("[::1]:5080"), 200 },
        { Get("a:99999"), 400 },
        { Get(".."), 400 },
        { Get("!"), 400 },
        { Get("xn--"), 403 },
        { Get("rebound.example"), 403 },
        { Get("localhost.rebound.example:5080"), 403 },
        { Get("localhost."), 403 },
        { Get("192.168.1.5"), 403 },
        { Get("0.0.0.0"), 403 },
    };

    public void Dispose() => _service.Dispose();

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_malformed_HTTP_request_gets_a_problem_response(string request, int status)
    {
        var response = await RawClient.SendAsync(_service.Client.BaseAddress!, request);

        Assert.Equal((status, "validation_failed"), (RawClient.StatusOf(response), RawClient.ProblemOf(response)));
    }

    [Fact]
    public async Task A_malformed_request_on_a_reused_connection_gets_a_problem_response()
    {
        const string good = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", bad = "GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n";
        var response = await RawClient.SendAsync(_service.Client.BaseAddress!, good + good + bad);

        Assert.Equal(2, response.Split("HTTP/1.1 200").Length - 1);
        Assert.Equal("validation_failed", RawClient.ProblemOf(response[response.LastIndexOf("HTTP/1.1 400", StringComparison.Ordinal)..]));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task An_API_without_authentication_accepts_only_loopback_host_names(string request, int status)
    {
        var response = await RawClient.SendAsync(_service.Client.BaseAddress!, request);

        Assert.Equal(status, RawClient.StatusOf(response));
        if (status != 200)
            Assert.Equal(status == 403 ? "forbidden" : "validation_failed", RawClient.ProblemOf(response));
    }

    [Theory]
    [InlineData("AllowedHosts", "thumbs.example;*.internal", "thumbs.example", 200)]
    [InlineData("AllowedHosts", "thumbs.example;*.internal", "a.internal:80", 200)]
    [InlineData("AllowedHosts", "thumbs.example;*.internal", "localhost", 403)]
    [InlineData("AllowedHosts", "*", "any.example", 200)]
    [InlineData("Auth:AllowAnonymous", "true", "192.168.1.5:5080", 200)]
    [InlineData("Auth:AllowAnonymous", "true", "rebound.example", 403)]
    [InlineData("Auth:ApiKeys", "a=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "any.example", 200)]
    public async Task The_allowed_host_names_can_be_configured(string setting, string value, string host, int status)
    {
        using var service = new Service((setting, value));
        var response = await RawClient.SendAsync(service.Client.BaseAddress!, Get(host).Replace("\r\n\r\n", "\r\nX-Api-Key: hello\r\n\r\n", StringComparison.Ordinal));

        Assert.Equal(status, RawClient.StatusOf(response));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/favicon.ico")]
    [InlineData("/page/style.css")]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/jobs")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/swagger/index.html")]
    public async Task HEAD_returns_the_headers_of_GET_without_the_body(string path)
    {
        using var get = await _service.Client.GetAsync(path);
        using var head = await _service.SendAsync(HttpMethod.Head, path);

        Assert.Equal((200, get.Content.Headers.ContentType), ((int)head.StatusCode, head.Content.Headers.ContentType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    private static string Get(string host) => $"GET /jobs HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";
}
