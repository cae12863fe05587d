using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Thumbnails.TestKit;

/// <summary>A running program with a controlled environment and captured output.</summary>
public sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _openStreams = 2;

    public ProgramRun(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var name in (string[])["PATH", "HOME", "DOTNET_ROOT", "FFMPEG", "FFPROBE"])
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Returns a value of /proc/PID/status, such as VmRSS, in KB.</summary>
    public long Memory(string figure)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith($"{figure}:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a program until it exits.</summary>
    public static async Task<(int Code, IReadOnlyCollection<string> Lines)> ToEndAsync(
        string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var run = new ProgramRun(program, environment, arguments);
        return (await run.EndAsync(), run.Lines);
    }

    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return _process.ExitCode;
    }

    /// <summary>Waits for the first line that meets the condition.</summary>
    public async Task<string> LineAsync(Func<string, bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var (changed, ended) = (Volatile.Read(ref _changed).Task, Volatile.Read(ref _openStreams) == 0);
            if (_lines.FirstOrDefault(condition) is { } line)
                return line;
            if (ended || limit.IsCancellationRequested)
                throw new InvalidOperationException($"The program {(ended ? "has ended" : "has not printed the line")}:\n{string.Join('\n', _lines)}");
            await changed.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await EndAsync();
    }

    /// <summary>Sends SIGTERM.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return await EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
            Interlocked.Decrement(ref _openStreams);
        else
            _lines.Enqueue(line);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
