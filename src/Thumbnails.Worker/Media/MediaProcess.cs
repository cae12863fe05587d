using System.Collections;
using CliWrap;
using CliWrap.Exceptions;

namespace Thumbnails.Worker.Media;

/// <summary>
/// One run of ffmpeg or ffprobe: an argument list, an empty environment, both pipes drained, the output bounded, the end
/// in two stages (interrupt, then kill), and no life beyond that of this process.
/// </summary>
internal static class MediaProcess
{
    private const int MaxErrorLine = 4096;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="program">The program's path.</param>
    /// <param name="arguments">Its arguments, as they are: no shell reads them.</param>
    /// <param name="maxOutput">The maximum number of bytes of output; the program is killed when it writes more.</param>
    /// <param name="takeErrorLine">Takes the lines of standard error that are not errors.</param>
    /// <param name="cancellationToken">Stops the program.</param>
    /// <exception cref="MediaOutputTooLargeException">It wrote more than <paramref name="maxOutput"/>.</exception>
    public static Task<MediaExit> RunAsync(
        string program, IReadOnlyList<string> arguments, int maxOutput, Func<string, bool>? takeErrorLine, CancellationToken cancellationToken) =>
        RunAsync(program, arguments, null, maxOutput, takeErrorLine, cancellationToken);

    /// <summary>The same, for a program that reads <paramref name="input"/> from its standard input.</summary>
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
            // A closed pipe may end it before the kill does.
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
            .WithEnvironmentVariables(EmptyEnvironment())
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

    // A null value removes a variable. Above all the address of the task's credentials is none of a decoder's business.
    private static Dictionary<string, string?> EmptyEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, string? (_) => null);

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

/// <summary>How a program ended.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">The tail of its standard error: for the log, never for an answer, because it may hold paths.</param>
internal sealed record MediaExit(int Code, byte[] Output, string Errors)
{
    private const int Killed = 128 + 9, OutOfCpuTime = 128 + 24;

    /// <summary>Whether the kernel killed it. We do not, without saying so.</summary>
    public bool WasKilled => Code == Killed;

    /// <summary>Whether it reached <see cref="ProcessLimits"/>' CPU time. ffmpeg, unlike ffprobe, sees that coming.</summary>
    public bool UsedUpItsTime => Code == OutOfCpuTime || Errors.Contains("received signal 24", StringComparison.Ordinal);
}

/// <summary>A program printed more than it may.</summary>
internal sealed class MediaOutputTooLargeException : Exception;
