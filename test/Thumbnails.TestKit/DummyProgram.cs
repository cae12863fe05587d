namespace Thumbnails.TestKit;

/// <summary>A real program that misbehaves on request. It replaces ffmpeg or the worker.</summary>
public static class DummyProgram
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Thumbnails.Dummy");

    /// <summary>Returns whether the process whose id is in the file is running. A zombie is not.</summary>
    public static bool IsAlive(string pidFile)
    {
        var status = $"/proc/{File.ReadAllText(pidFile)}/stat";
        return File.Exists(status) && File.ReadAllText(status).Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
    }
}
