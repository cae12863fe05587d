namespace Thumbnails.Worker.Tests.Hostile;

internal static class RunningPrograms
{
    /// <summary>What other processes of this machine were told or have open, where <paramref name="text"/> stands in it.</summary>
    public static IReadOnlyList<string> About(string text) =>
        [.. Directory.GetDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Path.GetFileName(folder) != $"{Environment.ProcessId}")
            .SelectMany(folder => (string[])[CommandLine(folder), .. OpenFiles(folder)])
            .Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder) =>
        Read(() => File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ')) ?? "";

    private static IEnumerable<string> OpenFiles(string folder) =>
        (Read(() => Directory.GetFiles(Path.Combine(folder, "fd"))) ?? []).Select(file => Read(() => new FileInfo(file).LinkTarget) ?? "");

    // Null for what has ended meanwhile.
    private static T? Read<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
