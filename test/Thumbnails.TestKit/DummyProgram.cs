namespace Thumbnails.TestKit;

/// <summary>A real program that misbehaves on request, in place of ffmpeg or the worker.</summary>
public static class DummyProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Thumbnails.Dummy");

    /// <summary>Whether the process whose id is in the file still runs; a zombie does not.</summary>
    public static bool IsAlive(string pidFile)
    {
        var status = $"/proc/{File.ReadAllText(pidFile)}/stat";
        return File.Exists(status) && File.ReadAllText(status).Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
    }
}
