using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Amazon.Lambda.Tests;

/// <summary>Tests with the sample events in AWS's documentation.</summary>
public class SampleTests
{
    [Fact]
    public async Task The_documented_HTTP_API_event_is_mapped_to_a_request()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(DescribeAsync));

        var response = HttpApiAnswer.Of(await function.Server.InvokeAsync(Sample("http-api")));

        Assert.Equal(
            """
            POST https://id.execute-api.us-east-1.amazonaws.com/my/path?parameter1=value1&parameter1=value2&parameter2=value HTTP/1.1
            from 192.0.2.1 with claim1=value1,claim2=value2
            Content-Length: 17
            Cookie: cookie1; cookie2
            Host: id.execute-api.us-east-1.amazonaws.com
            header1: value1
            header2: value1,value2
            Hello from Lambda
            """,
            response.Text);
    }

    [Fact]
    public async Task The_documented_function_URL_event_identifies_its_caller()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context =>
            context.Response.WriteAsync($"{context.Connection.RemoteIpAddress} {CallerOf(context)}")));

        var response = HttpApiAnswer.Of(await function.Server.InvokeAsync(Sample("function-url")));

        Assert.Equal("123.123.123.123 arn:aws:iam::111122223333:user/example-user", response.Text);
    }

    private static string? CallerOf(HttpContext context) =>
        (context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest)?.RequestContext?.Authorizer?.IAM?.UserARN;

    [Fact]
    public void Test_requests_have_the_documented_form()
    {
        var made = new HttpApiEvent
        {
            Cookies = ["cookie1"],
            Body = "Hello",
            Authorizer = JsonNode.Parse("""{"jwt":{"claims":{"claim1":"value1"},"scopes":["scope1"]}}""")!.AsObject(),
        }.ToJsonObject();
        made.Remove("headers");

        AssertForm(Sample("http-api"), made);
    }

    [Fact]
    public void Test_EventBridge_events_have_the_documented_form()
    {
        AssertForm(Sample("s3-object-created"), EventBridgeEvent.ObjectCreated("bucket", "key"));
        AssertForm(Sample("scheduled-event"), EventBridgeEvent.Scheduled());
        AssertForm(Sample("ecs-task-state-change"), EventBridgeEvent.TaskStateChange(new TaskStateChange()));
    }

    [Fact]
    public void A_test_event_of_a_stopped_task_has_every_detail()
    {
        var at = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

        var detail = EventBridgeEvent.TaskStateChange(new TaskStateChange
        {
            LastStatus = "STOPPED",
            DesiredStatus = "STOPPED",
            StartedBy = "job",
            StopCode = "EssentialContainerExited",
            StoppedReason = "Essential container in task exited",
            StartedAt = null,
            StoppedAt = at,
            Containers = [new ContainerState("worker", "STOPPED", 137, "OutOfMemoryError: Container killed due to memory usage")],
        })["detail"]!.AsObject();

        Assert.Equal(("job", "EssentialContainerExited"), ((string?)detail["startedBy"], (string?)detail["stopCode"]));
        Assert.Equal("2026-11-23T08:00:00.000Z", (string?)detail["stoppedAt"]);
        Assert.False(detail.ContainsKey("startedAt"));
        Assert.Equal(137, (int?)detail["containers"]![0]!["exitCode"]);
    }

    private static string Sample(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name + ".json"));

    private static async Task DescribeAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(string.Join('\n', (string[])
        [
            $"{request.Method} {request.Scheme}://{request.Host}{request.Path}{request.QueryString} {request.Protocol}",
            $"from {context.Connection.RemoteIpAddress} with {string.Join(',', context.User.Claims.Select(claim => $"{claim.Type}={claim.Value}"))}",
            .. request.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"),
            await reader.ReadToEndAsync(),
        ]));
    }

    /// <summary>Asserts that every member exists in the sample, with the same JSON type.</summary>
    private static void AssertForm(string sample, JsonNode made)
    {
        using var document = JsonDocument.Parse(sample);
        AssertForm(document.RootElement, made, "$");
    }

    private static void AssertForm(JsonElement sample, JsonNode made, string path)
    {
        Assert.True(sample.ValueKind == made.GetValueKind() || IsFlag(sample), $"{path}: {made.GetValueKind()} for {sample.ValueKind}");
        foreach (var (name, value) in made as JsonObject ?? [])
        {
            Assert.True(sample.TryGetProperty(name, out var member), $"{path}.{name} is not in the sample");
            AssertForm(member, value!, $"{path}.{name}");
        }

        if (made is JsonArray { Count: > 0 } array)
            AssertForm(sample[0], array[0]!, $"{path}[0]");
    }

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;
}
