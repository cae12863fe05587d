using System.Collections;
using CliWrap;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;

namespace Thumbnails.Api.Runners.Local;

/// <summary>How a worker process ended.</summary>
internal enum WorkerExit
{
    /// <summary>The job has its result.</summary>
    Done,

    /// <summary>The worker crashed, or left no result.</summary>
    Failed,

    /// <summary>Something other than this program killed it.</summary>
    Killed,

    /// <summary>This program stopped it.</summary>
    Stopped,

    /// <summary>The worker was stopped, or another worker has the job.</summary>
    RunAgain,
}

/// <summary>Starts the worker program for one job, and owns it and all its children until it ends.</summary>
internal sealed class WorkerProcess(RunnerSettings.Local settings, StorageSettings storage)
{
    private const int KilledCode = 128 + 9;

    // The variables of this process that a worker needs, besides those for AWS. It needs no settings.
    private static readonly string[] PassedOn = ["PATH", "HOME", "TMPDIR", "FFMPEG", "FFPROBE", "DOTNET_ROOT"];

    private readonly Dictionary<string, string?> _environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => IsPassedOn((string)entry.Key) ? (string?)entry.Value : null);

    private readonly StoreLocation _store = storage switch
    {
        StorageSettings.Files files => new StoreLocation.Folder(files.Root),
        StorageSettings.S3 s3 => new StoreLocation.Bucket(s3.Bucket),
        _ => throw new ArgumentOutOfRangeException(nameof(storage)),
    };

    /// <exception cref="RunnerUnavailableException">A program that the workers need is missing.</exception>
    public void Check()
    {
        var ffmpeg = Environment.GetEnvironmentVariable("FFMPEG") is { Length: > 0 } given ? given : "ffmpeg";
        if (!File.Exists(settings.WorkerPath))
            throw new RunnerUnavailableException($"The worker program {settings.WorkerPath} (Runner:WorkerPath) does not exist.");
        if (!IsProgram(ffmpeg))
            throw new RunnerUnavailableException($"The program {ffmpeg} was not found. Install ffmpeg, or set FFMPEG.");
    }

    /// <summary>Runs a job's worker to its end; cancellation kills it with all its children.</summary>
    public async Task<WorkerExit> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        var variables = new WorkerEnvironment.StoredJob(id, _store).ToVariables();
        var environment = new Dictionary<string, string?>(_environment);
        foreach (var (name, value) in variables)
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
                WorkerContract.Done => WorkerExit.Done,
                WorkerContract.RunAgain => WorkerExit.RunAgain,
                KilledCode => WorkerExit.Killed,
                _ => WorkerExit.Failed,
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
