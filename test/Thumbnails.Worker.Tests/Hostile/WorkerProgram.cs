using System.Diagnostics;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>The worker as the program that it is, with a scratch folder of its own.</summary>
internal sealed class WorkerProgram : IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly Process _process;
    private readonly Task<string> _log;

    public WorkerProgram(params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Thumbnails.Worker")) { RedirectStandardOutput = true };
        // Without this, .NET itself keeps a socket and shared memory there.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TMPDIR"] = _scratch.Path;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _log = _process.StandardOutput.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>What lies in the scratch folder.</summary>
    public IReadOnlyList<string> Scratch() => Directory.GetFileSystemEntries(_scratch.Path);

    /// <summary>What the worker and its programs have open in the scratch folder.</summary>
    public IReadOnlyList<string> OpenScratch() => RunningPrograms.About(_scratch.Path + "/");

    /// <summary>Ends this one process, which can do nothing about it.</summary>
    public void Kill() => _process.Kill();

    public void Terminate() => Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]).WaitForExit();

    /// <summary>The exit code and the log; a worker that is not done within <paramref name="limit"/> is a failure.</summary>
    public async Task<(int ExitCode, string Log)> EndAsync(TimeSpan limit)
    {
        using var end = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(end.Token);
        return (_process.ExitCode, await _log);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _scratch.Dispose();
    }
}
