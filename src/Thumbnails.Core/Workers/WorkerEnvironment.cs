using System.Diagnostics.CodeAnalysis;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Workers;

/// <summary>
/// The environment variables of a worker, its only input. The same type writes and reads them, so that the runners and the worker
/// cannot disagree.
/// </summary>
public abstract record WorkerEnvironment
{
    private WorkerEnvironment()
    {
    }

    /// <summary>Run a job from the store, and write its result there.</summary>
    /// <param name="JobId">The job: <c>JOB_ID</c>.</param>
    /// <param name="Store">The store: <c>STORAGE__BUCKET</c> or <c>STORAGE__ROOT</c>.</param>
    public sealed record StoredJob(JobId JobId, StoreLocation Store) : WorkerEnvironment;

    /// <summary>Make one picture without a job, to run a worker by hand.</summary>
    /// <param name="Video">The video: <c>INPUT_VIDEO_FILE_URL</c>.</param>
    /// <param name="Position">The position in the video: <c>POSITION_TIME_DURATION</c>.</param>
    /// <param name="OutputName">The picture's name: <c>OUTPUT_THUMBS_FILE_NAME</c>.</param>
    /// <param name="Destination">The destination of the picture: <c>OUTPUT_S3_PATH</c>.</param>
    /// <param name="Region">The region of the buckets: <c>AWS_REGION</c>, required with a bucket.</param>
    public sealed record OneOffJob(
        VideoLocation Video, FramePosition Position, OutputName OutputName, PictureDestination Destination, string? Region)
        : WorkerEnvironment;

    /// <summary>Reads the variables; <paramref name="faults"/> lists every error.</summary>
    /// <param name="variables">The value of a variable; null when it is not set.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="faults">One line for each error, beginning with the name of the variable.</param>
    public static bool TryRead(
        Func<string, string?> variables, [NotNullWhen(true)] out WorkerEnvironment? environment, out IReadOnlyList<string> faults)
    {
        var reader = new VariableReader(variables);
        environment = (reader.IsSet(WorkerContract.JobId), reader.IsSet(WorkerContract.Video)) switch
        {
            (true, false) => ReadStored(reader),
            (false, true) => ReadDirect(reader),
            (true, true) => reader.Fault<WorkerEnvironment>(WorkerContract.JobId, $"must not be set together with {WorkerContract.Video}"),
            (false, false) => reader.Fault<WorkerEnvironment>(WorkerContract.JobId, $"must be set (or {WorkerContract.Video}, to run by hand)"),
        };
        faults = reader.Faults;
        return environment is not null && faults.Count == 0;
    }

    /// <summary>Returns the variables for this environment.</summary>
    public IReadOnlyDictionary<string, string> ToVariables() => this switch
    {
        StoredJob job => new Dictionary<string, string>
        {
            [WorkerContract.JobId] = job.JobId.ToString(),
            [job.Store is StoreLocation.Bucket ? WorkerContract.StoreBucket : WorkerContract.StoreRoot] = job.Store.ToString(),
        },
        OneOffJob job => new Dictionary<string, string>
        {
            [WorkerContract.Video] = job.Video.ToString(),
            [WorkerContract.Position] = job.Position.ToString(),
            [WorkerContract.OutputName] = job.OutputName.ToString(),
            [WorkerContract.Destination] = job.Destination.ToString(),
            [WorkerContract.Region] = job.Region ?? "",
        },
        _ => throw new InvalidOperationException(),
    };

    private static StoredJob? ReadStored(VariableReader reader)
    {
        var job = reader.Parsed<JobId>(WorkerContract.JobId, "must be a job id");
        var store = (reader.Optional(WorkerContract.StoreBucket), reader.Optional(WorkerContract.StoreRoot)) switch
        {
            ({ } bucket, null) => new StoreLocation.Bucket(bucket),
            (null, { } root) => new StoreLocation.Folder(root),
            (null, null) => reader.Fault<StoreLocation>(WorkerContract.StoreBucket, $"must be set (or {WorkerContract.StoreRoot}, for files)"),
            _ => reader.Fault<StoreLocation>(WorkerContract.StoreBucket, $"must not be set together with {WorkerContract.StoreRoot}"),
        };
        return job is null || store is null ? null : new StoredJob(job, store);
    }

    private static OneOffJob? ReadDirect(VariableReader reader)
    {
        var video = reader.Required<VideoLocation>(WorkerContract.Video, VideoLocation.TryParse);
        var position = reader.Required<FramePosition>(WorkerContract.Position, FramePosition.TryParse);
        var name = reader.Required<OutputName>(WorkerContract.OutputName, OutputName.TryParse);
        var destination = reader.Required<PictureDestination>(WorkerContract.Destination, PictureDestination.TryParse);
        var region = reader.Optional(WorkerContract.Region);
        if (region is null && (video is VideoLocation.Bucket || destination is PictureDestination.Bucket))
            reader.Fault<WorkerEnvironment>(WorkerContract.Region, "must be set when a bucket is used");
        return video is null || position is null || name is null || destination is null
            ? null
            : new OneOffJob(video, position, name, destination, region);
    }
}
