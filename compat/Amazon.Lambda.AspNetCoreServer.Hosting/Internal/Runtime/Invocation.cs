namespace Amazon.Lambda.Internal.Runtime;

/// <summary>An invocation of the function. It takes exactly one response or error.</summary>
internal sealed class Invocation(RuntimeApi api, LambdaContext context, byte[] payload, string invocationId)
{
    public LambdaContext Context => context;

    public byte[] Payload => payload;

    /// <summary>Whether a response or error was sent, even if sending failed.</summary>
    public bool HasResponded { get; private set; }

    public Task RespondAsync(ReadOnlyMemory<byte> response, CancellationToken cancellationToken)
    {
        HasResponded = true;
        return api.RespondAsync(context.AwsRequestId, invocationId, response, cancellationToken);
    }

    public Task FailAsync(Exception exception, CancellationToken cancellationToken)
    {
        HasResponded = true;
        return api.FailAsync(context.AwsRequestId, invocationId, exception, cancellationToken);
    }
}
