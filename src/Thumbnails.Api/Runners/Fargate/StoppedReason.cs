namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Interprets the reason of a stopped task or container. AWS documents the category at the start of a reason, and examples of the
/// text after it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html.
/// </summary>
internal static class StoppedReason
{
    // Causes in the account's configuration, which would affect the next task too.
    private static readonly string[] PermanentText =
    [
        "AccessDenied", "not authorized", "Unauthorized", "unable to assume the role", "NotFound", "does not exist", "no such host",
        "PolicyViolation", "not compatible", "Invalid",
    ];

    // Shortages and timeouts on AWS's side.
    private static readonly string[] TransientText =
    [
        "capacity is unavailable", "timeout", "timed out", "deadline exceeded", "RequestCanceled", "signal: killed",
        "connection reset", "connection refused", "unexpected EOF", "send request failed", "RequestLimitExceeded", "Throttl", "Rate exceeded",
        "TooManyRequests", "InsufficientFreeAddresses", "free addresses", "failed to configure ENI", "Unexpected EC2 error",
        "network interface provision", "ServiceUnavailable", "InternalServerError", "try again",
    ];

    /// <summary>Returns the cause that a reason names, or null when it names none.</summary>
    public static StopCause? CauseOf(string? reason) => CategoryOf(reason) switch
    {
        null => null,
        "OutOfMemoryError" => StopCause.OutOfMemory,
        "SpotInterruptionError" or "SpotInterruption" => StopCause.Spot,
        // The ECS agent failed, or reported a network interface too late.
        "InternalError" or "CannotInspectContainerError" or "CannotStopContainerError" => StopCause.Lost,
        "ContainerRuntimeTimeoutError" or "DockerTimeoutError" => StopCause.NotStartedNow,
        "ResourceInitializationError" or "ResourceNotFoundException" or "AccessDeniedException" or "CannotStartContainerError"
            or "CannotCreateContainerError" or "CannotCreateVolumeError" or "ContainerRuntimeError" or "TaskFailedToStart" => NotStarted(reason),
        // CannotPullContainerError and its variants: the manifest, ECR credentials, other registries.
        var category when category.StartsWith("CannotPull", StringComparison.Ordinal) => StopCause.ImagePull,
        _ => null,
    };

    /// <summary>Returns the cause of a task that never ran, by the text of its reason.</summary>
    public static StopCause NotStarted(string? reason) =>
        !Mentions(reason, PermanentText) && Mentions(reason, TransientText) ? StopCause.NotStartedNow : StopCause.NotStarted;

    public static bool MentionsSpot(string? reason) => Mentions(reason, "Spot");

    private static string? CategoryOf(string? reason) => reason?.Split(':')[0].Trim();

    private static bool Mentions(string? reason, params string[] texts) =>
        reason is not null && texts.Any(text => reason.Contains(text, StringComparison.OrdinalIgnoreCase));
}
