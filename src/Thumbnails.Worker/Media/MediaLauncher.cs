using System.Collections.Concurrent;
using CliWrap;

namespace Thumbnails.Worker.Media;

/// <summary>
/// Starts programs that end with this process, even when it is killed: on Linux, the kernel then kills them. The container image
/// has no <c>setpriv</c>; there, this process is the container's first, and all others end with it.
/// </summary>
internal static class MediaLauncher
{
    private const string Setpriv = "/usr/bin/setpriv";

    // A symbolic link would be BusyBox's version, which lacks this feature.
    private static readonly bool HasSetpriv = OperatingSystem.IsLinux() && new FileInfo(Setpriv) is { Exists: true, LinkTarget: null };

    // The kernel reacts to the end of the thread that started a program, so one long-lived thread starts them all.
    private static readonly BlockingCollection<Action> Starts = StartThread();

    /// <summary>Returns the command that runs a program, to be started by <see cref="StartAsync"/>.</summary>
    public static Command Command(string program, IReadOnlyList<string> arguments) => HasSetpriv && Locate(program) is { } path
        ? Cli.Wrap(Setpriv).WithArguments(["--pdeathsig", "KILL", "--", path, .. arguments])
        : Cli.Wrap(program).WithArguments(arguments);

    /// <summary>Starts a program on the long-lived thread.</summary>
    public static Task<T> StartAsync<T>(Func<T> start)
    {
        var started = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starts.Add(() =>
        {
            try
            {
                started.SetResult(start());
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    // The program runs without PATH.
    private static string? Locate(string program) => program.Contains('/')
        ? File.Exists(program) ? program : null
        : Environment.GetEnvironmentVariable("PATH")?.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static BlockingCollection<Action> StartThread()
    {
        var starts = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in starts.GetConsumingEnumerable())
                start();
        })
        { IsBackground = true, Name = "launcher" }.Start();
        return starts;
    }
}
