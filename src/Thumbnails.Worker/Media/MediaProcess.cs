using System.Collections;
using CliWrap;
using CliWrap.Exceptions;

namespace Thumbnails.Worker.Media;

/// <summary>
/// A run of ffmpeg or ffprobe: with an argument list, an environment that consists of the allocator's settings, both pipes drained
/// and bounded output. It is stopped in two stages (interrupt, then kill), and never outlives this process.
/// </summary>
internal static class MediaProcess
{
    private const int MaxErrorLine = 4096;

    // By default, glibc returns the memory of each frame to the kernel, which clears it again, in pages of 4 kB, for the next one.
    // Keeping it, in huge pages, saves an eighth of the CPU time of a frame of 720p, for 4 to 10 MB of memory.
    private const string AllocatorSettings =
        "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=67108864:glibc.malloc.top_pad=4194304";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="program">The path of the program.</param>
    /// <param name="arguments">The arguments, passed on without a shell.</param>
    /// <param name="maxOutput">The maximum number of bytes of output; the program is killed when it writes more.</param>
    /// <param name="takeErrorLine">Consumes the lines of standard error that are not errors.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <exception cref="MediaOutputTooLargeException">It wrote more than <paramref name="maxOutput"/>.</exception>
    public static Task<MediaExit> RunAsync(
        string program, IReadOnlyList<string> arguments, int maxOutput, Func<string, bool>? takeErrorLine, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, null, maxOutput, takeErrorLine, cancellationToken);

    /// <summary>Runs a program that reads <paramref name="input"/> from its standard input.</summary>
    /// <exception cref="MediaOutputTooLargeException">It wrote more than <paramref name="maxOutput"/>.</exception>
    public static async Task<MediaExit> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        int maxOutput,
        Func<string, bool>? takeErrorLine,
        CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var tooLarge = false;
        try
        {
            var exit = await StreamAsync(
                program,
                arguments,
                input,
                (stream, token) => CopyAsync(stream, output, maxOutput, () =>
                {
                    tooLarge = true;
                    kill.Cancel();
                }, token),
                takeErrorLine,
                kill.Token);
            // The closed pipe may end it before the kill does.
            return tooLarge ? throw new MediaOutputTooLargeException() : exit with { Output = output.ToArray() };
        }
        catch (OperationCanceledException) when (tooLarge)
        {
            throw new MediaOutputTooLargeException();
        }
    }

    /// <summary>Runs a program whose output is read while it is written.</summary>
    public static async Task<MediaExit> StreamAsync(
        string program,
        IReadOnlyList<string> arguments,
        Func<Stream, CancellationToken, Task>? input,
        Func<Stream, CancellationToken, Task> output,
        Func<string, bool>? takeErrorLine,
        CancellationToken cancellationToken)
    {
        using var kill = new CancellationTokenSource();
        using var stopping = cancellationToken.Register(() => kill.CancelAfter(Grace));
        var tail = new StderrTail(takeErrorLine);
        var command = MediaLauncher.Command(program, arguments)
            .WithEnvironmentVariables(OnlyAllocatorSettings())
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.Create(input))
            .WithStandardOutputPipe(PipeTarget.Create(output))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => tail.ReadAsync(stream, MaxErrorLine, token)));
        try
        {
            var running = await MediaLauncher.StartAsync(() => command.ExecuteAsync(kill.Token, cancellationToken));
            ProcessLimits.Apply(running.ProcessId);
            var result = await running;
            return new MediaExit(result.ExitCode, [], tail.Text);
        }
        catch (CommandExecutionException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{Path.GetFileName(program)} broke", exception);
        }
    }

    // A null value removes a variable. A decoder must not see the URL of the task's credentials in particular.
    private static Dictionary<string, string?> OnlyAllocatorSettings()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, string? (_) => null);
        variables["GLIBC_TUNABLES"] = AllocatorSettings;
        return variables;
    }

    private static async Task CopyAsync(Stream from, MemoryStream to, int limit, Action onTooLarge, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            if (to.Length + count > limit)
            {
                onTooLarge();
                return;
            }

            to.Write(buffer, 0, count);
        }
    }
}

/// <summary>The exit of a program.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Errors">The tail of standard error: for the log only, because it may contain paths.</param>
internal sealed record MediaExit(int Code, byte[] Output, string Errors)
{
    private const int Killed = 128 + 9, OutOfCpuTime = 128 + 24;

    /// <summary>Whether the kernel killed it. When this program kills it, that is reported separately.</summary>
    public bool WasKilled => Code == Killed;

    /// <summary>
    /// Whether it reached the CPU time in <see cref="ProcessLimits"/>. ffmpeg, unlike ffprobe, handles that signal.
    /// </summary>
    public bool UsedUpItsTime => Code == OutOfCpuTime || Errors.Contains("received signal 24", StringComparison.Ordinal);
}

/// <summary>A program exceeded its output limit.</summary>
internal sealed class MediaOutputTooLargeException : Exception;
