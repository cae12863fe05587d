using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Amazon.Lambda.Tests;

public class RequestBodyTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Fact]
    public async Task A_body_of_bytes_arrives_byte_for_byte()
    {
        await using var function = await EchoAsync();

        var answer = await function.SendAsync(new HttpApiEvent { Method = "POST", Bytes = AllBytes });

        Assert.Equal(AllBytes, answer.Body);
        Assert.Equal("256", answer.Headers["seen-length"]);
    }

    [Fact]
    public async Task A_body_of_text_arrives_as_UTF_8()
    {
        await using var function = await EchoAsync();

        var answer = await function.SendAsync(new HttpApiEvent { Method = "POST", Body = "grün 😀\n" });

        Assert.Equal("grün 😀\n", answer.Text);
        Assert.Equal("11", answer.Headers["seen-length"]);
    }

    [Fact]
    public async Task A_request_without_a_body_has_none()
    {
        await using var function = await EchoAsync();

        var answer = await function.SendAsync(new HttpApiEvent { Method = "POST" });

        Assert.Empty(answer.Body);
        Assert.Equal(("", "False"), (answer.Headers["seen-length"], answer.Headers["can-have-body"]));
    }

    [Fact]
    public async Task A_length_that_is_no_longer_right_is_corrected()
    {
        await using var function = await EchoAsync();

        var answer = await function.SendAsync(
            new HttpApiEvent { Method = "POST", Body = "12345", Headers = new Dictionary<string, string> { ["content-length"] = "7" } });

        Assert.Equal("5", answer.Headers["seen-length"]);
    }

    [Fact]
    public async Task Endpoints_bind_JSON()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapPost("/", (Note note) => note with { Text = note.Text + "!" }));

        var answer = await function.SendAsync(Json("""{"text":"hello"}"""));

        Assert.Equal(("""{"text":"hello!"}""", false), (answer.Text, answer.WasBase64));
        Assert.Equal(400, (await function.SendAsync(Json("{"))).Status);
        Assert.Equal(400, (await function.SendAsync(Json(null))).Status);
    }

    [Fact]
    public async Task A_body_beyond_an_endpoints_limit_is_refused()
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
    public async Task A_refusal_that_nobody_catches_keeps_its_status()
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
