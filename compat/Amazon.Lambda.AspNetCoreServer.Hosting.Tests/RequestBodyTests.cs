using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Amazon.Lambda.Tests;

public class RequestBodyTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public async Task A_base64_body_is_decoded()
    {
        await using var function = await EchoAsync();

        var response = await function.SendAsync(new HttpApiEvent { Method = "POST", Bytes = AllBytes });

        Assert.Equal(AllBytes, response.Body);
        Assert.Equal("256", response.Headers["seen-length"]);
    }

    [Fact]
    public async Task A_text_body_is_encoded_as_UTF_8()
    {
        await using var function = await EchoAsync();

        var response = await function.SendAsync(new HttpApiEvent { Method = "POST", Body = "grün 😀\n" });

        Assert.Equal("grün 😀\n", response.Text);
        Assert.Equal("11", response.Headers["seen-length"]);
    }

    [Fact]
    public async Task A_request_without_a_body_has_an_empty_body()
    {
        await using var function = await EchoAsync();

        var response = await function.SendAsync(new HttpApiEvent { Method = "POST" });

        Assert.Empty(response.Body);
        Assert.Equal(("", "False"), (response.Headers["seen-length"], response.Headers["can-have-body"]));
    }

    [Fact]
    public async Task A_wrong_request_Content_Length_is_corrected()
    {
        await using var function = await EchoAsync();

        var response = await function.SendAsync(
            new HttpApiEvent { Method = "POST", Body = "12345", Headers = new Dictionary<string, string> { ["content-length"] = "7" } });

        Assert.Equal("5", response.Headers["seen-length"]);
    }

    [Fact]
    public async Task Endpoints_bind_a_JSON_body()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapPost("/", (Note note) => note with { Text = note.Text + "!" }));

        var response = await function.SendAsync(Json("""{"text":"hello"}"""));

        Assert.Equal(("""{"text":"hello!"}""", false), (response.Text, response.WasBase64));
        Assert.Equal(400, (await function.SendAsync(Json("{"))).Status);
        Assert.Equal(400, (await function.SendAsync(Json(null))).Status);
    }

    [Fact]
    public async Task A_body_above_the_limit_of_an_endpoint_returns_413()
    {
        await using var function = await HttpFunction.StartAsync(app =>
        {
            app.UseRouting();
            app.MapPost("/", (Note note) => note.Text).WithMetadata(new AtMost(20));
        });

        Assert.Equal(200, (await function.SendAsync(Json("""{"text":"short"}"""))).Status);
        Assert.Equal(413, (await function.SendAsync(Json("""{"text":"much too long"}"""))).Status);
    }

    [Fact]
    public async Task An_unhandled_BadHttpRequestException_keeps_its_status()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapPost("/", async context =>
        {
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 2;
            await context.Request.Body.CopyToAsync(context.Response.Body);
        }));

        Assert.Equal(413, (await function.SendAsync(new HttpApiEvent { Method = "POST", Body = "123" })).Status);
    }

    private static Task<HttpFunction> EchoAsync() => HttpFunction.StartAsync(app => app.MapPost("/", async context =>
    {
        context.Response.Headers["seen-length"] = context.Request.Headers.ContentLength.ToString();
        context.Response.Headers["can-have-body"] = context.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody.ToString();
        await context.Request.Body.CopyToAsync(context.Response.Body);
    }));

    private static HttpApiEvent Json(string? json) => new()
    {
        Method = "POST",
        Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
        Body = json,
    };

    private sealed record Note(string Text);

    private sealed record AtMost(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
