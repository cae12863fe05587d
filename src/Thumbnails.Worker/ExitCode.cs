namespace Thumbnails.Worker;

/// <summary>What the worker's end tells whoever started it.</summary>
internal static class ExitCode
{
    /// <summary>The job ended; its result says how.</summary>
    public const int Done = 0;

    /// <summary>The worker broke, or the picture that was asked for by hand could not be made.</summary>
    public const int Failed = 1;

    /// <summary>The environment is bad.</summary>
    public const int BadEnvironment = 2;

    /// <summary>Another worker of this machine has the job (EX_TEMPFAIL of sysexits.h: try again later).</summary>
    public const int AlreadyRunning = 75;
}
