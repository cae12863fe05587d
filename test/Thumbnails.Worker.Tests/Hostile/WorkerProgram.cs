using System.Diagnostics;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>The worker as a process, with its own scratch folder.</summary>
internal sealed class WorkerProgram : IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly Process _process;
    private readonly Task<string> _log;

    public WorkerProgram(params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Thumbnails.Worker")) { RedirectStandardOutput = true };
        // Without this, .NET creates a socket and shared memory in the folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["TMPDIR"] = _scratch.Path;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _log = _process.StandardOutput.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>The contents of the scratch folder.</summary>
    public IReadOnlyList<string> Scratch() => Directory.GetFileSystemEntries(_scratch.Path);

    /// <summary>The files in the scratch folder that the worker and its child processes have open.</summary>
    public IReadOnlyList<string> OpenScratch() => RunningPrograms.About(_scratch.Path + "/");

    /// <summary>Kills only this process, which cannot handle the signal.</summary>
    public void Kill() => _process.Kill();

    public void Terminate() => Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]).WaitForExit();

    /// <summary>
    /// Waits for the worker to exit; returns its exit code and log. Fails if it takes longer than <paramref name="limit"/>.
    /// </summary>
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
