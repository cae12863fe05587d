using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Tests;

/// <summary>The client with its standard retries, but hardly any pause between them.</summary>
internal sealed class HastyClient(AmazonECSConfig config) : AmazonECSClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new StandardRetryPolicy(Config) { MaxBackoffInMilliseconds = 5 }));
    }
}
