using Amazon.ECS.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace Amazon.ECS;

/// <summary>
/// Configuration of the Amazon ECS client. Unset values use the AWS SDK's defaults: the region comes from <c>AWS_REGION</c>
/// or the profile; the endpoint from <c>AWS_ENDPOINT_URL_ECS</c>, <c>AWS_ENDPOINT_URL</c> or the profile's
/// <c>endpoint_url</c>.
/// </summary>
public class AmazonECSConfig : ClientConfig
{
    private static readonly string UserAgentText = InternalSDKUtils.BuildUserAgentString("ECS", "4.0-compat");

    private static readonly EndpointRules Rules = new();

    public AmazonECSConfig()
        : base(new DefaultConfigurationProvider(DefaultConfigurations.All))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = RegionEndpointServiceName;
        EndpointProvider = new EndpointProvider();
    }

    /// <summary>The service ID: <c>ECS</c>.</summary>
    public static new string ServiceId => "ECS";

    /// <summary>The service name used in endpoints and signatures: <c>ecs</c>.</summary>
    public override string RegionEndpointServiceName => "ecs";

    /// <summary>The API version: <c>2014-11-13</c>.</summary>
    public override string ServiceVersion => "2014-11-13";

    /// <inheritdoc/>
    public override string UserAgent => UserAgentText;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var request = new DefaultRequest(parameters.Request, ServiceId) { AlternateEndpoint = parameters.AlternateEndpoint };
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = request,
        };
        return Rules.GetEndpoint(new Amazon.Runtime.Internal.ExecutionContext(context, null));
    }
}
