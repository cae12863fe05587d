namespace Thumbnails.Worker.Tests.Hostile;

internal static class RunningPrograms
{
    /// <summary>The command lines of this machine's processes in which <paramref name="text"/> stands.</summary>
    public static IReadOnlyList<string> About(string text) =>
        [.. Directory.GetDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Select(CommandLine)
            .Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ""; // It has ended meanwhile.
        }
    }
}
