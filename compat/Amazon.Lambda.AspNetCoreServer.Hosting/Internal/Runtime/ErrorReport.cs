namespace Amazon.Lambda.Internal.Runtime;

/// <summary>An exception as Lambda shows it.</summary>
internal sealed record ErrorReport(string ErrorType, string ErrorMessage, IReadOnlyList<string> StackTrace)
{
    // Lambda takes 256 KB in all.
    private const int MaxMessage = 16 * 1024, MaxFrames = 100;

    public static ErrorReport Of(Exception exception) => new(
        exception.GetType().Name,
        exception.Message.Length <= MaxMessage ? exception.Message : exception.Message[..MaxMessage],
        [.. Frames(exception).Take(MaxFrames)]);

    private static string[] Frames(Exception exception) =>
        exception.StackTrace?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
