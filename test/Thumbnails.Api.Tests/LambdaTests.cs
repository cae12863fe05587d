using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Uploads;

namespace Thumbnails.Api.Tests;

/// <summary>The behavior of the program in Lambda, independent of the hosting package.</summary>
public class LambdaTests
{
    [Fact]
    public void A_Lambda_caller_is_identified_by_the_authorizer()
    {
        Assert.Equal("arn:aws:iam::1:user/u", CallerOf(new() { IAM = new() { UserARN = "arn:aws:iam::1:user/u" } }));
        Assert.Equal("u-1", CallerOf(new() { Jwt = new() { Claims = new Dictionary<string, string> { ["sub"] = "u-1", ["client_id"] = "c" } } }));
        Assert.Equal("c", CallerOf(new() { Jwt = new() { Claims = new Dictionary<string, string> { ["client_id"] = "c" } } }));
        Assert.Null(CallerOf(new()));
        Assert.Null(new DefaultHttpContext().Caller());
    }

    [Fact]
    public void A_request_is_authorized_if_an_authorizer_of_API_Gateway_accepted_it()
    {
        Assert.True(ContextOf(new() { RequestContext = new() { Authorizer = new() { IAM = new() } } }).IsAuthorizedByGateway());
        Assert.True(ContextOf(new() { RequestContext = new() { Authorizer = new() { Jwt = new() } } }).IsAuthorizedByGateway());
        Assert.False(ContextOf(new() { RequestContext = new() { Authorizer = new() } }).IsAuthorizedByGateway());
        Assert.False(ContextOf(new() { RequestContext = new() }).IsAuthorizedByGateway());
        Assert.False(new DefaultHttpContext().IsAuthorizedByGateway());
    }

    [Theory]
    [InlineData("f", null, null, true)]
    [InlineData("f", "true", null, false)]
    [InlineData("f", null, "a=2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", false)]
    [InlineData(null, "true", null, false)]
    public void The_API_in_Lambda_relies_on_API_Gateway_unless_configured_otherwise(string? function, string? anonymous, string? keys, bool isBehindGateway)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["AWS_LAMBDA_FUNCTION_NAME"] = function, ["Auth:AllowAnonymous"] = anonymous, ["Auth:ApiKeys"] = keys }).Build());
        var settings = AuthSettings.Read(reader, new StorageSettings.S3("bucket"), isServed: true);

        Assert.Empty(reader.Faults);
        Assert.Equal((isBehindGateway, false), (settings.IsBehindGateway, settings.IsLoopbackOnly));
    }

    [Theory]
    [InlineData("text/plain", "", 4_600_000, true)]
    [InlineData("text/plain", "", 4_700_000, false)]
    [InlineData("application/json", "", 6_200_000, true)]
    [InlineData("application/json", "", 6_300_000, false)]
    [InlineData("application/json", "\"", 3_200_000, false)]
    public async Task A_response_above_the_Lambda_limit_is_replaced(string type, string text, int length, bool isSent)
    {
        var context = new DefaultHttpContext();
        using var client = new MemoryStream();
        context.Response.Body = client;
        var body = new byte[length];
        body.AsSpan().Fill((byte)(text is [var character] ? character : 'x'));

        var exception = await Record.ExceptionAsync(() => ResponseLimit.LimitAsync(context, async http =>
        {
            http.Response.ContentType = type;
            await http.Response.Body.WriteAsync(body);
        }));

        Assert.Equal(isSent, exception is null);
        Assert.Equal(isSent ? length : 0, client.Length);
        Assert.Same(client, context.Response.Body);
    }

    [Theory]
    [InlineData("AWS_LAMBDA_FUNCTION_NAME", 3601, false)]
    [InlineData("AWS_SESSION_TOKEN", 3601, false)]
    [InlineData("AWS_SESSION_TOKEN", 3600, true)]
    [InlineData("AWS_ACCESS_KEY_ID", 604800, true)]
    public void An_upload_URL_expires_no_later_than_the_role_credentials(string variable, int seconds, bool isValid)
    {
        var reader = new SettingsReader(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { [variable] = "x", ["Uploads:UrlLifetimeSeconds"] = $"{seconds}" }).Build());
        UploadSettings.Read(reader);

        Assert.Equal(isValid, reader.Faults.Count == 0);
    }

    private static string? CallerOf(APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription authorizer) =>
        ContextOf(new APIGatewayHttpApiV2ProxyRequest { RequestContext = new() { Authorizer = authorizer } }).Caller();

    private static DefaultHttpContext ContextOf(APIGatewayHttpApiV2ProxyRequest request)
    {
        var context = new DefaultHttpContext();
        context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] = request;
        return context;
    }
}
