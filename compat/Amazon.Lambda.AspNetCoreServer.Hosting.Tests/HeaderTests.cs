using Microsoft.Extensions.Primitives;

namespace Amazon.Lambda.Tests;

public class HeaderTests
{
    [Fact]
    public async Task A_header_with_commas_is_not_split()
    {
        StringValues seen = default;
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            seen = context.Request.Headers.IfModifiedSince;
            return Task.CompletedTask;
        }));

        await function.SendAsync(new HttpApiEvent { Headers = Headers("if-modified-since", "Mon, 23 Nov 2026 08:00:00 GMT") });

        Assert.Equal("Mon, 23 Nov 2026 08:00:00 GMT", Assert.Single(seen.ToArray()));
    }

    [Fact]
    public async Task Typed_headers_parse_multiple_values()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
            context.Response.WriteAsync(string.Join('|', context.Request.GetTypedHeaders().Accept.Select(type => type.MediaType.Value)))));

        var response = await function.SendAsync(new HttpApiEvent { Headers = Headers("accept", "text/html,application/json;q=0.9") });

        Assert.Equal("text/html|application/json", response.Text);
    }

    [Fact]
    public async Task Header_names_are_case_insensitive()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
            context.Response.WriteAsync(context.Request.Headers["IDEMPOTENCY-KEY"].ToString())));

        Assert.Equal("k-1", (await function.SendAsync(new HttpApiEvent { Headers = Headers("idempotency-key", "k-1") })).Text);
    }

    [Fact]
    public async Task Request_cookies_become_the_Cookie_header()
    {
        string? header = null;
        IRequestCookieCollection? cookies = null;
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            (header, cookies) = (context.Request.Headers.Cookie, context.Request.Cookies);
            return Task.CompletedTask;
        }));

        await function.SendAsync(new HttpApiEvent { Cookies = ["a=1", "b=x%2Cy"] });

        Assert.Equal("a=1; b=x%2Cy", header);
        Assert.Equal(("1", "x,y"), (cookies!["a"], cookies["b"]));
    }

    [Fact]
    public async Task Response_cookies_are_listed_separately()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            context.Response.Cookies.Append("a", "1", new CookieOptions { Expires = DateTimeOffset.UnixEpoch });
            context.Response.Cookies.Append("b", "2");
            return Task.CompletedTask;
        }));

        var response = await function.GetAsync();

        Assert.Equal(["a=1; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/", "b=2; path=/"], response.Cookies);
        Assert.DoesNotContain("set-cookie", response.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Multiple_values_of_a_response_header_are_joined()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            context.Response.Headers.Vary = new StringValues(["Origin", "Accept"]);
            context.Response.Headers.LastModified = "Mon, 23 Nov 2026 08:00:00 GMT";
            return Task.CompletedTask;
        }));

        var response = await function.GetAsync();

        Assert.Equal(("Origin,Accept", "Mon, 23 Nov 2026 08:00:00 GMT"), (response.Headers["Vary"], response.Headers["Last-Modified"]));
    }

    [Fact]
    public async Task Transfer_Encoding_is_not_passed_on()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            context.Response.Headers.TransferEncoding = "chunked";
            return context.Response.WriteAsync("hello");
        }));

        Assert.DoesNotContain("transfer-encoding", (await function.GetAsync()).Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_host_defaults_to_the_domain_name_of_the_API()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
            context.Response.WriteAsync($"{context.Request.Scheme}://{context.Request.Host}")));
        var bare = new HttpApiEvent { DomainName = "api.example.com" }.ToJsonObject();
        bare["headers"] = null;

        var named = await function.SendAsync(new HttpApiEvent { Headers = Headers("host", "thumbnails.example.com") });
        var unnamed = HttpApiAnswer.Of(await function.Server.InvokeAsync(bare.ToJsonString()));

        Assert.Equal(("https://thumbnails.example.com", "https://api.example.com"), (named.Text, unnamed.Text));
    }

    private static Dictionary<string, string> Headers(string name, string value) => new() { [name] = value };
}
