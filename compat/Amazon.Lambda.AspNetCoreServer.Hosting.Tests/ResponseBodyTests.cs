using System.Text;

namespace Amazon.Lambda.Tests;

public class ResponseBodyTests
{
    private static readonly byte[] AllBytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON;charset=UTF-8")]
    [InlineData("application/problem+json")]
    [InlineData("application/xml")]
    [InlineData("image/svg+xml")]
    [InlineData("application/javascript")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_text_body_is_sent_as_text(string type)
    {
        const string Text = "\"quoted\" \\ <b>grün</b> 😀 \u2028 \u0001 \r\n";
        await using var function = await StartAsync(type, Encoding.UTF8.GetBytes(Text));

        var response = await function.GetAsync();

        Assert.Equal((Text, false, type), (response.Text, response.WasBase64, response.Headers["Content-Type"]));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    [InlineData("application/zip")]
    [InlineData("font/woff2")]
    [InlineData("application/jsonbutnot")]
    [InlineData("text/plain; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task A_binary_body_is_sent_as_base64(string? type)
    {
        await using var function = await StartAsync(type, AllBytes);

        var response = await function.GetAsync();

        Assert.Equal(AllBytes, response.Body);
        Assert.True(response.WasBase64);
    }

    [Fact]
    public async Task A_compressed_body_is_sent_as_base64()
    {
        await using var function = await StartAsync("text/plain", "as if it were compressed"u8.ToArray(), "gzip");

        var response = await function.GetAsync();

        Assert.Equal((true, "gzip", "as if it were compressed"), (response.WasBase64, response.Headers["Content-Encoding"], response.Text));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task The_status_code_of_the_application_is_sent(int status)
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => Results.Text("hello", statusCode: status)));

        var response = await function.GetAsync();

        Assert.Equal((status, "hello"), (response.Status, response.Text));
    }

    [Fact]
    public async Task An_unmatched_route_returns_404()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => "hello"));

        Assert.Equal(404, (await function.GetAsync("/elsewhere")).Status);
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("HEAD", 200)]
    public async Task A_response_that_cannot_have_a_body_is_sent_without_one(string method, int status)
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("hello");
        }));

        var outcome = await function.Server.InvokeAsync(new HttpApiEvent { Method = method }.ToJson());

        Assert.Equal(status, outcome.Json.GetProperty("statusCode").GetInt32());
        Assert.False(outcome.Json.TryGetProperty("body", out _));
    }

    [Fact]
    public async Task A_HEAD_response_keeps_its_Content_Length()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.ContentLength = 1234;
            return Task.CompletedTask;
        }));

        Assert.Equal("1234", (await function.SendAsync(new HttpApiEvent { Method = "HEAD" })).Headers["Content-Length"]);
    }

    [Fact]
    public async Task A_wrong_response_Content_Length_is_corrected()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.ContentLength = 3;
            return context.Response.WriteAsync("hello");
        }));

        Assert.Equal("5", (await function.GetAsync()).Headers["Content-Length"]);
    }

    [Fact]
    public async Task Every_way_to_write_a_body_works()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "0123456789");
        await using var function = await HttpFunction.StartAsync(app => app.Run(async context =>
        {
            "writer "u8.CopyTo(context.Response.BodyWriter.GetSpan(7));
            context.Response.BodyWriter.Advance(7);
            await context.Response.BodyWriter.FlushAsync();
            await context.Response.Body.WriteAsync("stream "u8.ToArray());
            context.Response.Body.Write("at once "u8);
            await context.Response.SendFileAsync(file, 2, 3);
            await context.Response.CompleteAsync();
        }));

        Assert.Equal("writer stream at once 234", Encoding.UTF8.GetString((await function.GetAsync()).Body));
        File.Delete(file);
    }

    [Fact]
    public async Task A_response_of_the_maximum_size_is_sent()
    {
        var bytes = new byte[4_700_000];
        await using var function = await StartAsync("image/png", bytes);

        Assert.Equal(bytes.Length, (await function.GetAsync()).Body.Length);
    }

    [Theory]
    [InlineData("image/png", 4_720_000)]
    [InlineData("text/plain", 6_291_500)]
    [InlineData("text/plain", 20_000_000)]
    public async Task A_response_that_is_too_large_returns_500_and_the_function_continues(string type, int size)
    {
        await using var function = await HttpFunction.StartAsync(app =>
        {
            app.MapGet("/", () => Results.Bytes(new byte[size], type));
            app.MapGet("/next", () => "hello");
        });

        var response = await function.GetAsync();

        Assert.Equal((500, "application/problem+json"), (response.Status, response.Headers["Content-Type"]));
        Assert.Contains("6291556", Assert.Single(function.Log.Errors).Text);
        Assert.Equal("hello", (await function.GetAsync("/next")).Text);
    }

    private static Task<HttpFunction> StartAsync(string? type, byte[] body, string? encoding = null) =>
        HttpFunction.StartAsync(app => app.MapGet("/", async context =>
        {
            context.Response.ContentType = type;
            if (encoding is not null)
                context.Response.Headers.ContentEncoding = encoding;
            await context.Response.Body.WriteAsync(body);
        }));
}
