using Amazon.Lambda.Core;
using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Builds a <see cref="LambdaBootstrap"/> for a handler.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream?>> _handler;

    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream?>> handler)
    {
        _handler = handler;
    }

    /// <summary>Creates a builder for a handler that returns no response.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new LambdaBootstrapBuilder(async (payload, context) =>
        {
            await handler(payload, context);
            return null;
        });
    }

    /// <summary>
    /// Creates a builder for a handler that returns a JSON response. The response is disposed after it has been sent.
    /// </summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new LambdaBootstrapBuilder(async (payload, context) => await handler(payload, context));
    }

    /// <summary>
    /// Sets an initializer that runs before the first invocation. If it throws, the exception is reported to Lambda and the
    /// function ends.
    /// </summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Builds the bootstrap from Lambda's environment variables.</summary>
    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public LambdaBootstrap Build() => new(LambdaEnvironment.Read(), _handler, _initializer);
}
