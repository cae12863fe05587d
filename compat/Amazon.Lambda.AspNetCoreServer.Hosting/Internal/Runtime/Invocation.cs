namespace Amazon.Lambda.Internal.Runtime;

/// <summary>An invocation of the function, to be answered once.</summary>
internal sealed class Invocation(RuntimeApi api, LambdaContext context, byte[] payload, string invocationId)
{
    public LambdaContext Context => context;

    public byte[] Payload => payload;

    /// <summary>Whether an answer was sent, even if it did not arrive.</summary>
    public bool IsAnswered { get; private set; }

    public Task RespondAsync(ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        IsAnswered = true;
        return api.RespondAsync(context.AwsRequestId, invocationId, answer, cancellationToken);
    }

    public Task FailAsync(Exception exception, CancellationToken cancellationToken)
    {
        IsAnswered = true;
        return api.FailAsync(context.AwsRequestId, invocationId, exception, cancellationToken);
    }
}
