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
    public async Task Text_is_sent_as_it_is(string type)
    {
        const string Text = "\"quoted\" \\ <b>grün</b> 😀 \u2028 \u0001 \r\n";
        await using var function = await StartAsync(type, Encoding.UTF8.GetBytes(Text));

        var answer = await function.GetAsync();

        Assert.Equal((Text, false, type), (answer.Text, answer.WasBase64, answer.Headers["Content-Type"]));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/octet-stream")]
    [InlineData("application/zip")]
    [InlineData("font/woff2")]
    [InlineData("application/jsonbutnot")]
    [InlineData("text/plain; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task Other_bytes_are_sent_as_base64(string? type)
    {
        await using var function = await StartAsync(type, AllBytes);

        var answer = await function.GetAsync();

        Assert.Equal(AllBytes, answer.Body);
        Assert.True(answer.WasBase64);
    }

    [Fact]
    public async Task Compressed_text_is_sent_as_base64()
    {
        await using var function = await StartAsync("text/plain", "as if it were compressed"u8.ToArray(), "gzip");

        var answer = await function.GetAsync();

        Assert.Equal((true, "gzip", "as if it were compressed"), (answer.WasBase64, answer.Headers["Content-Encoding"], answer.Text));
    }

    [Theory]
    [InlineData(201)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task The_status_is_the_applications(int status)
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => Results.Text("hello", statusCode: status)));

        var answer = await function.GetAsync();

        Assert.Equal((status, "hello"), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task What_no_route_matches_is_not_found()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => "hello"));

        Assert.Equal(404, (await function.GetAsync("/elsewhere")).Status);
    }

    [Theory]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("HEAD", 200)]
    public async Task Where_HTTP_has_no_body_there_is_none(string method, int status)
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
    public async Task A_response_to_HEAD_keeps_the_length_of_what_GET_would_get()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.ContentLength = 1234;
            return Task.CompletedTask;
        }));

        Assert.Equal("1234", (await function.SendAsync(new HttpApiEvent { Method = "HEAD" })).Headers["Content-Length"]);
    }

    [Fact]
    public async Task A_wrong_length_is_corrected()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
        {
            context.Response.ContentLength = 3;
            return context.Response.WriteAsync("hello");
        }));

        Assert.Equal("5", (await function.GetAsync()).Headers["Content-Length"]);
    }

    [Fact]
    public async Task A_body_may_be_written_in_every_way()
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
    public async Task An_answer_as_large_as_Lambda_takes_is_sent()
    {
        var bytes = new byte[4_700_000];
        await using var function = await StartAsync("image/png", bytes);

        Assert.Equal(bytes.Length, (await function.GetAsync()).Body.Length);
    }

    [Theory]
    [InlineData("image/png", 4_720_000)]
    [InlineData("text/plain", 6_291_500)]
    [InlineData("text/plain", 20_000_000)]
    public async Task An_answer_that_Lambda_would_not_take_is_a_500_and_the_function_goes_on(string type, int size)
    {
        await using var function = await HttpFunction.StartAsync(app =>
        {
            app.MapGet("/", () => Results.Bytes(new byte[size], type));
            app.MapGet("/next", () => "hello");
        });

        var answer = await function.GetAsync();

        Assert.Equal((500, "application/problem+json"), (answer.Status, answer.Headers["Content-Type"]));
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
