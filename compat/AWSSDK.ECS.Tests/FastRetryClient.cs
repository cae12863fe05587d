using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Tests;

/// <summary>A client with the standard retries but almost no delay between them.</summary>
internal sealed class FastRetryClient(AmazonECSConfig config) : AmazonECSClient(new BasicAWSCredentials("AKIDEXAMPLE", "secret"), config)
{
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new StandardRetryPolicy(Config) { MaxBackoffInMilliseconds = 5 }));
    }
}
