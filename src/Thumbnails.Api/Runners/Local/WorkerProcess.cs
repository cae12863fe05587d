using System.Collections;
using CliWrap;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;

namespace Thumbnails.Api.Runners.Local;

/// <summary>How a worker process ended.</summary>
internal enum WorkerExit
{
    /// <summary>It says that the job ended.</summary>
    Done,

    /// <summary>It broke.</summary>
    Broken,

    /// <summary>Something killed it that was not this program.</summary>
    Killed,

    /// <summary>This program stopped it.</summary>
    Stopped,

    /// <summary>Another worker has the job.</summary>
    AlreadyRunning,
}

/// <summary>Starts the worker program for one job, and owns it and all its children until it ends.</summary>
internal sealed class WorkerProcess(RunnerSettings.Local settings, StorageSettings storage)
{
    private const int AlreadyRunningCode = 75, KilledCode = 128 + 9;

    // What the worker needs of this process's environment, with AWS's own; the settings are none of the worker's business.
    private static readonly string[] PassedOn = ["PATH", "HOME", "TMPDIR", "FFMPEG", "FFPROBE", "DOTNET_ROOT"];

    private readonly Dictionary<string, string?> _environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => IsPassedOn((string)entry.Key) ? (string?)entry.Value : null);

    private readonly StoreLocation _store = storage switch
    {
        StorageSettings.Files files => new StoreLocation.Folder(files.Root),
        StorageSettings.S3 s3 => new StoreLocation.Bucket(s3.Bucket),
        _ => throw new ArgumentOutOfRangeException(nameof(storage)),
    };

    /// <exception cref="RunnerUnavailableException">A program that workers need is missing.</exception>
    public void Check()
    {
        var ffmpeg = Environment.GetEnvironmentVariable("FFMPEG") is { Length: > 0 } given ? given : "ffmpeg";
        if (!File.Exists(settings.WorkerPath))
            throw new RunnerUnavailableException($"The worker is not at {settings.WorkerPath} (Runner:WorkerPath).");
        if (!IsProgram(ffmpeg))
            throw new RunnerUnavailableException($"The program {ffmpeg} is not there (FFMPEG, or the PATH).");
    }

    /// <summary>Runs a job's worker to its end; cancellation kills it with all its children.</summary>
    public async Task<WorkerExit> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        var told = new WorkerEnvironment.StoredJob(id, _store).ToVariables();
        var environment = new Dictionary<string, string?>(_environment);
        foreach (var (name, value) in told)
            environment[name] = value;
        try
        {
            var result = await Cli.Wrap(settings.WorkerPath)
                .WithEnvironmentVariables(environment)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(Console.Out.WriteLine))
                .WithStandardErrorPipe(PipeTarget.ToDelegate(Console.Error.WriteLine))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken);
            return result.ExitCode switch
            {
                0 => WorkerExit.Done,
                AlreadyRunningCode => WorkerExit.AlreadyRunning,
                KilledCode => WorkerExit.Killed,
                _ => WorkerExit.Broken,
            };
        }
        catch (OperationCanceledException)
        {
            return WorkerExit.Stopped;
        }
    }

    private static bool IsPassedOn(string name) => PassedOn.Contains(name) || name.StartsWith("AWS_", StringComparison.Ordinal);

    private static bool IsProgram(string name) => name.Contains('/')
        ? File.Exists(name)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));
}
