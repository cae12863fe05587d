namespace Thumbnails.Worker.Tests.Hostile;

internal static class RunningPrograms
{
    /// <summary>
    /// Returns the other processes on this machine that have <paramref name="text"/> in their command line or open files.
    /// </summary>
    public static IReadOnlyList<string> About(string text) =>
        [.. Directory.GetDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && Path.GetFileName(folder) != $"{Environment.ProcessId}")
            .SelectMany(folder => (string[])[CommandLine(folder), .. OpenFiles(folder)])
            .Where(line => line.Contains(text, StringComparison.Ordinal))];

    private static string CommandLine(string folder) =>
        Read(() => File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ')) ?? "";

    private static IEnumerable<string> OpenFiles(string folder) =>
        (Read(() => Directory.GetFiles(Path.Combine(folder, "fd"))) ?? []).Select(file => Read(() => new FileInfo(file).LinkTarget) ?? "");

    // Null for a process that has ended in the meantime.
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
