using System.Security.Claims;
using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Tests;

public class CallerTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("IP", "")]
    public async Task The_remote_IP_address_is_the_source_IP_of_the_event(string sent, string seen)
    {
        await using var function = await HttpFunction.StartAsync(app =>
            app.MapGet("/", (HttpContext context) => $"{context.Connection.RemoteIpAddress}"));

        Assert.Equal(seen, (await function.SendAsync(new HttpApiEvent { SourceIp = sent })).Text);
    }

    [Fact]
    public async Task The_trace_identifier_is_the_Lambda_request_ID()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", (HttpContext context) => context.TraceIdentifier));

        var outcome = await function.Server.InvokeAsync(new HttpApiEvent().ToJson());

        Assert.Equal(outcome.RequestId, HttpApiAnswer.Of(outcome).Text);
    }

    [Fact]
    public async Task HttpContext_Items_holds_the_event_and_the_Lambda_context()
    {
        APIGatewayHttpApiV2ProxyRequest? request = null;
        ILambdaContext? context = null;
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/{**path}", http =>
        {
            request = http.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest;
            context = http.Items[AbstractAspNetCoreFunction.LAMBDA_CONTEXT] as ILambdaContext;
            return Task.CompletedTask;
        }));

        var outcome = await function.Server.InvokeAsync(new HttpApiEvent { Path = "/a", Query = "b=c" }.ToJson());

        Assert.Equal(("/a", "b=c", "id"), (request!.RawPath, request.RawQueryString, request.RequestContext!.RequestId));
        Assert.Equal(
            (outcome.RequestId, "loopback", "$LATEST", 512), (context!.AwsRequestId, context.FunctionName, context.FunctionVersion, context.MemoryLimitInMB));
        Assert.InRange(context.RemainingTime, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task The_claims_of_a_verified_JWT_become_the_user()
    {
        var user = await UserOfAsync("""{"jwt":{"claims":{"sub":"u-1","scope":"a b","exp":1583798639,"admin":true,"none":null},"scopes":["a"]}}""");

        Assert.True(user.Identity!.IsAuthenticated);
        Assert.Equal(
            ["admin=true", "exp=1583798639", "scope=a b", "sub=u-1"],
            user.Claims.Select(claim => $"{claim.Type}={claim.Value}").Order());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"lambda":{"key":"value"}}""")]
    [InlineData("""{"iam":{"userArn":"arn:aws:iam::1:user/u"}}""")]
    public async Task A_request_without_a_JWT_has_no_authenticated_user(string authorizer) =>
        Assert.False((await UserOfAsync(authorizer)).Identity!.IsAuthenticated);

    [Fact]
    public async Task The_request_context_identifies_a_caller_that_signs_with_IAM()
    {
        APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription.IAMDescription? caller = null;
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", http =>
        {
            caller = (http.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest)!.RequestContext!.Authorizer!.IAM;
            return Task.CompletedTask;
        }));

        await function.SendAsync(new HttpApiEvent
        {
            Authorizer = JsonNode.Parse("""{"iam":{"accessKey":"AKIA","accountId":"111122223333","callerId":"AIDA","userArn":"arn:aws:iam::1:user/u","userId":"AIDA","principalOrgId":null}}""")!.AsObject(),
        });

        Assert.Equal("arn:aws:iam::1:user/u", caller!.UserARN);
    }

    private static async Task<ClaimsPrincipal> UserOfAsync(string authorizer)
    {
        ClaimsPrincipal? user = null;
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", context =>
        {
            user = context.User;
            return Task.CompletedTask;
        }));
        await function.SendAsync(new HttpApiEvent { Authorizer = JsonNode.Parse(authorizer)?.AsObject() });
        return user!;
    }
}
