
namespace Thumbnails.Api.Problems;

/// <summary>The one place that maps codes to HTTP, and HTTP's own refusals to codes.</summary>
internal static class ProblemCatalog
{
    public static int StatusOf(RequestErrorCode code) => code switch
    {
        RequestErrorCode.ValidationFailed => StatusCodes.Status400BadRequest,
        RequestErrorCode.Unauthorized => StatusCodes.Status401Unauthorized,
        RequestErrorCode.Forbidden => StatusCodes.Status403Forbidden,
        RequestErrorCode.NotFound or RequestErrorCode.JobNotFound or RequestErrorCode.UploadNotFound or RequestErrorCode.ThumbnailNotFound =>
            StatusCodes.Status404NotFound,
        RequestErrorCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        RequestErrorCode.JobAlreadyFinished or RequestErrorCode.IdempotencyInFlight => StatusCodes.Status409Conflict,
        RequestErrorCode.ObjectExists => StatusCodes.Status412PreconditionFailed,
        RequestErrorCode.VideoNotFound or RequestErrorCode.IdempotencyKeyReused => StatusCodes.Status422UnprocessableEntity,
        RequestErrorCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        RequestErrorCode.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>What a code means, for people.</summary>
    public static string Meaning(RequestErrorCode code) => code switch
    {
        RequestErrorCode.ValidationFailed => "The request is not valid.",
        RequestErrorCode.Unauthorized => "Credentials are missing or wrong.",
        RequestErrorCode.Forbidden => "The credentials do not allow this.",
        RequestErrorCode.NotFound => "Nothing is at this address.",
        RequestErrorCode.MethodNotAllowed => "This address does not take this method.",
        RequestErrorCode.JobNotFound => "There is no such job.",
        RequestErrorCode.UploadNotFound => "There is no such upload, or not any more.",
        RequestErrorCode.ThumbnailNotFound => "The job has no such picture, or not yet.",
        RequestErrorCode.JobAlreadyFinished => "The job has ended; it can no longer be canceled.",
        RequestErrorCode.IdempotencyInFlight => "A request with this Idempotency-Key is being answered.",
        RequestErrorCode.ObjectExists => "This video is there already; ask for a new address to upload another.",
        RequestErrorCode.VideoNotFound => "There is no such video; upload it first.",
        RequestErrorCode.IdempotencyKeyReused => "This Idempotency-Key came with another body before.",
        RequestErrorCode.TooManyRequests => "Too many requests; try again later.",
        RequestErrorCode.JobUnreadable => "A stored record of this job cannot be read: it is damaged, or a newer version wrote it.",
        RequestErrorCode.StorageUnavailable => "The store does not answer as it should; try again later.",
        _ => "Something went wrong here.",
    };

    /// <summary>A refusal that the framework made without a body.</summary>
    public static Problem Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(RequestErrorCode.Unauthorized),
        StatusCodes.Status403Forbidden => Problem.Of(RequestErrorCode.Forbidden),
        StatusCodes.Status404NotFound => Problem.Of(RequestErrorCode.NotFound),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(RequestErrorCode.MethodNotAllowed),
        StatusCodes.Status415UnsupportedMediaType =>
            Problem.Of(RequestErrorCode.ValidationFailed, "The body must be JSON, in UTF-8, with Content-Type: application/json.", status: status),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(RequestErrorCode.ValidationFailed, "The body is too large.", status: status),
        StatusCodes.Status414UriTooLong => Problem.Of(RequestErrorCode.ValidationFailed, "The URL is too long.", status: status),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => Problem.Of(RequestErrorCode.ValidationFailed, "The headers are too large.", status: status),
        < 500 or StatusCodes.Status501NotImplemented or StatusCodes.Status505HttpVersionNotsupported => Problem.Of(RequestErrorCode.ValidationFailed, "The request cannot be read.", status: status),
        _ => Problem.Of(RequestErrorCode.InternalError, status: status),
    };
}
