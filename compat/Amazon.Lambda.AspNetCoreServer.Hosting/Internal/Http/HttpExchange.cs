using System.Net;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Amazon.Lambda.Internal.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace Amazon.Lambda.Internal.Http;

/// <summary>A request and its response, as the features of an ASP.NET Core request.</summary>
internal sealed class HttpExchange : IDisposable
{
    /// <exception cref="JsonException">The event is not an HTTP request.</exception>
    public HttpExchange(Invocation invocation, TimeProvider clock, Action<Exception> log)
    {
        var context = invocation.Context;
        var request = RequestMapping.Read(invocation.Payload);
        var body = RequestMapping.BodyOf(request);
        Request = RequestMapping.RequestOf(request, body);
        Deadline = new DeadlineFeature(context.RemainingTime, clock, log);

        var http = request.RequestContext!.Http!;
        var bodyFeature = new RequestBodyFeature(Request, body.Length);
        Features.Set<IHttpRequestFeature>(Request);
        Features.Set<IHttpRequestBodyDetectionFeature>(bodyFeature);
        Features.Set<IHttpMaxRequestBodySizeFeature>(bodyFeature);
        Features.Set<IHttpResponseFeature>(Response);
        Features.Set<IHttpResponseBodyFeature>(Response);
        Features.Set<IHttpRequestLifetimeFeature>(Deadline);
        Features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature { TraceIdentifier = context.AwsRequestId });
        Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            ConnectionId = context.AwsRequestId,
            RemoteIpAddress = IPAddress.TryParse(http.SourceIp, out var address) ? address : null,
        });
        Features.Set<IHttpAuthenticationFeature>(
            new HttpAuthenticationFeature { User = RequestMapping.CallerOf(request.RequestContext.Authorizer) });
        Features.Set<IItemsFeature>(ItemsOf(request, context));
        SetPath(request);
    }

    public FeatureCollection Features { get; } = new(16);

    public HttpRequestFeature Request { get; }

    public ResponseFeature Response { get; } = new();

    public DeadlineFeature Deadline { get; }

    /// <summary>The reason why the request is malformed; null if it is well-formed.</summary>
    public BadHttpRequestException? Fault { get; private set; }

    public void Dispose() => Deadline.Dispose();

    private static ItemsFeature ItemsOf(APIGatewayHttpApiV2ProxyRequest request, LambdaContext context)
    {
        var feature = new ItemsFeature();
        feature.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] = request;
        feature.Items[AbstractAspNetCoreFunction.LAMBDA_CONTEXT] = context;
        return feature;
    }

    private void SetPath(APIGatewayHttpApiV2ProxyRequest request)
    {
        try
        {
            (Request.PathBase, Request.Path) = RequestPath.Of(request.RequestContext!.Http!.Path!, request.RequestContext.Stage);
        }
        catch (BadHttpRequestException exception)
        {
            Fault = exception;
        }
    }
}
