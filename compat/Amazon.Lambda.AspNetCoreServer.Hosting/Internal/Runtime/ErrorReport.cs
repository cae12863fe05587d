namespace Amazon.Lambda.Internal.Runtime;

/// <summary>An exception in the format of the Runtime API.</summary>
internal sealed record ErrorReport(string ErrorType, string ErrorMessage, IReadOnlyList<string> StackTrace)
{
    // Lambda accepts at most 256 KB in total.
    private const int MaxMessage = 16 * 1024, MaxFrames = 100;

    public static ErrorReport Of(Exception exception) => new(
        exception.GetType().Name,
        exception.Message.Length <= MaxMessage ? exception.Message : exception.Message[..MaxMessage],
        [.. Frames(exception).Take(MaxFrames)]);

    private static string[] Frames(Exception exception) =>
        exception.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
