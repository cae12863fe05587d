namespace Thumbnails.Core.Workers;

/// <summary>The contract between a worker and its runner: environment variables and exit codes.</summary>
public static class WorkerContract
{
    /// <summary>The job to run.</summary>
    public const string JobId = "JOB_ID";

    /// <summary>The bucket that holds the job.</summary>
    public const string StoreBucket = "STORAGE__BUCKET";

    /// <summary>The folder that holds the job.</summary>
    public const string StoreRoot = "STORAGE__ROOT";

    /// <summary>The video, when the worker is run by hand.</summary>
    public const string Video = "INPUT_VIDEO_FILE_URL";

    /// <summary>The position in the video, when the worker is run by hand.</summary>
    public const string Position = "POSITION_TIME_DURATION";

    /// <summary>The picture's name, when the worker is run by hand.</summary>
    public const string OutputName = "OUTPUT_THUMBS_FILE_NAME";

    /// <summary>The destination of the picture, when the worker is run by hand.</summary>
    public const string Destination = "OUTPUT_S3_PATH";

    /// <summary>The region of the buckets.</summary>
    public const string Region = "AWS_REGION";

    /// <summary>The job ended and has a result.</summary>
    public const int Done = 0;

    /// <summary>The worker crashed, or the picture requested by hand could not be made.</summary>
    public const int Failed = 1;

    /// <summary>A variable is missing or not valid.</summary>
    public const int BadEnvironment = 2;

    /// <summary>
    /// The job has no result and should be run again: the worker was stopped, or another worker on this machine has the job
    /// (EX_TEMPFAIL of sysexits.h).
    /// </summary>
    public const int RunAgain = 75;
}
