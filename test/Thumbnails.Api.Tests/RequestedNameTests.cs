using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Microsoft.AspNetCore.Http;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

public class RequestedNameTests
{
    // API Gateway decodes the path, and the server decodes it again.
    [Theory]
    [InlineData("/jobs/x/thumbnails/a%41.png", "aA.png", "a%41.png")]
    [InlineData("/jobs/x/thumbnails/a?b.png", "a?b.png", "a?b.png")]
    [InlineData("/jobs/x/thumbnails/a/b.png", "a/b.png", "a/b.png")]
    [InlineData("/v1/jobs/x/thumbnails/a%2Fb.png", "a%2Fb.png", "a/b.png")]
    [InlineData("/jobs/x/thumbnails/100%.png", "100%.png", "100%.png")]
    public void The_name_of_a_picture_is_recovered_from_the_Lambda_path(string path, string routeValue, string name)
    {
        var context = new DefaultHttpContext();
        context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] = new APIGatewayHttpApiV2ProxyRequest
        {
            RequestContext = new() { Http = new() { Method = "GET", Path = path } },
        };
        ObjectKey[] pictures = [ObjectKey.Parse("thumbnails/other.png"), ObjectKey.Parse($"thumbnails/{name}")];

        Assert.Same(pictures[1], context.FindIn(routeValue, pictures));
    }
}
