namespace Thumbnails.Core.Workers;

/// <summary>What a worker and whoever starts it agree on: the names of its environment variables and its exit codes.</summary>
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

    /// <summary>Where the picture goes, when the worker is run by hand.</summary>
    public const string Destination = "OUTPUT_S3_PATH";

    /// <summary>The region of the buckets.</summary>
    public const string Region = "AWS_REGION";

    /// <summary>The job ended; its result says how.</summary>
    public const int Done = 0;

    /// <summary>The worker crashed, or the picture requested by hand could not be made.</summary>
    public const int Failed = 1;

    /// <summary>A variable is missing or wrong.</summary>
    public const int BadEnvironment = 2;

    /// <summary>
    /// The job has no result and should be run again: the worker was told to stop, or another worker of this machine has the
    /// job (EX_TEMPFAIL of sysexits.h).
    /// </summary>
    public const int RunAgain = 75;
}
