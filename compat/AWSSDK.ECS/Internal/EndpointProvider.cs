using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace Amazon.ECS.Internal;

/// <summary>The service's endpoint rule set, version 1.0.</summary>
internal sealed class EndpointProvider : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var (fips, dualStack) = (parameters["UseFIPS"] is true, parameters["UseDualStack"] is true);
        return parameters["Endpoint"] is string { Length: > 0 } given
            ? Given(given, fips, dualStack)
            : Regional(parameters["Region"] as string, fips, dualStack);
    }

    private static Endpoint Given(string url, bool fips, bool dualStack) =>
        fips ? throw new AmazonClientException("Invalid Configuration: FIPS and custom endpoint are not supported")
        : dualStack ? throw new AmazonClientException("Invalid Configuration: Dualstack and custom endpoint are not supported")
        : new Endpoint(url);

    private static Endpoint Regional(string region, bool fips, bool dualStack)
    {
        if (string.IsNullOrEmpty(region) || Fn.Partition(region) is not { } partition)
            throw new AmazonClientException("Invalid Configuration: Missing Region");
        if ((fips && partition.supportsFIPS is not true) || (dualStack && partition.supportsDualStack is not true))
            throw new AmazonClientException("FIPS or DualStack is enabled, but this partition does not support it");
        var suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return new Endpoint($"https://ecs{(fips ? "-fips" : "")}.{region}.{suffix}");
    }
}
