using Amazon.Lambda.Core;
using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes a <see cref="LambdaBootstrap"/> of a handler.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream?>> _handler;

    private LambdaBootstrapInitializer? _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream?>> handler)
    {
        _handler = handler;
    }

    /// <summary>A handler that takes an event and answers nothing.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new LambdaBootstrapBuilder(async (payload, context) =>
        {
            await handler(payload, context);
            return null;
        });
    }

    /// <summary>A handler that takes an event and answers JSON. The answer is disposed of when it has been sent.</summary>
    public static LambdaBootstrapBuilder Create(Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new LambdaBootstrapBuilder(async (payload, context) => await handler(payload, context));
    }

    /// <summary>Has this done before the first invocation. An exception of it is reported to Lambda, and ends the function.</summary>
    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    /// <summary>Reads Lambda's environment.</summary>
    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public LambdaBootstrap Build() => new(LambdaEnvironment.Read(), _handler, _initializer);
}
