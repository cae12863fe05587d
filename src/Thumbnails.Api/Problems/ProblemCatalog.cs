
namespace Thumbnails.Api.Problems;

/// <summary>The only place that maps codes to HTTP, and bare HTTP statuses to codes.</summary>
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
        RequestErrorCode.JobAlreadyFinished or RequestErrorCode.JobNotFinished or RequestErrorCode.IdempotencyInFlight => StatusCodes.Status409Conflict,
        RequestErrorCode.ObjectExists => StatusCodes.Status412PreconditionFailed,
        RequestErrorCode.VideoNotFound or RequestErrorCode.IdempotencyKeyReused or RequestErrorCode.CallbackUrlMissing => StatusCodes.Status422UnprocessableEntity,
        RequestErrorCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        RequestErrorCode.StorageUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Returns the text of a code for users.</summary>
    public static string Meaning(RequestErrorCode code) => code switch
    {
        RequestErrorCode.ValidationFailed => "The request is not valid.",
        RequestErrorCode.Unauthorized => "The credentials are missing or invalid.",
        RequestErrorCode.Forbidden => "The credentials do not allow this.",
        RequestErrorCode.NotFound => "This URL does not exist. Check the path.",
        RequestErrorCode.MethodNotAllowed => "This URL does not support this method. See the Allow header for those that it supports.",
        RequestErrorCode.JobNotFound => "This job does not exist. Check the id.",
        RequestErrorCode.UploadNotFound => "This upload does not exist, or it has been completed or aborted. Create a new one.",
        RequestErrorCode.ThumbnailNotFound => "This picture does not exist, or has not been made yet. Check the job.",
        RequestErrorCode.JobAlreadyFinished => "The job has already ended, so it cannot be canceled.",
        RequestErrorCode.JobNotFinished => "The job has not ended yet. Its webhook is sent when it has.",
        RequestErrorCode.IdempotencyInFlight => "A request with this Idempotency-Key is still being processed. Repeat the request later.",
        RequestErrorCode.ObjectExists => "This video has already been uploaded. Create a new upload for another one.",
        RequestErrorCode.VideoNotFound => "The video does not exist. Upload it first: POST /uploads returns a URL for it, and its videoKey.",
        RequestErrorCode.IdempotencyKeyReused => "This Idempotency-Key was used with a different body. Use a new key.",
        RequestErrorCode.CallbackUrlMissing => "The job has no callbackUrl. Create a job that has one.",
        RequestErrorCode.TooManyRequests => "Too many requests. Try again later.",
        RequestErrorCode.JobUnreadable => "A stored record of this job is damaged or was written by a newer version. Contact the operator of this service.",
        RequestErrorCode.StorageUnavailable => "The store is not available. Try again later.",
        _ => "An unexpected error occurred. Try again, or contact the operator of this service.",
    };

    /// <summary>Returns the problem for a status that the framework set without a body.</summary>
    public static Problem Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(RequestErrorCode.Unauthorized),
        StatusCodes.Status403Forbidden => Problem.Of(RequestErrorCode.Forbidden),
        StatusCodes.Status404NotFound => Problem.Of(RequestErrorCode.NotFound),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(RequestErrorCode.MethodNotAllowed),
        StatusCodes.Status415UnsupportedMediaType =>
            Problem.Of(RequestErrorCode.ValidationFailed, "The body must be UTF-8 JSON with Content-Type: application/json.", status: status),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(RequestErrorCode.ValidationFailed, "The body is too large.", status: status),
        StatusCodes.Status414UriTooLong => Problem.Of(RequestErrorCode.ValidationFailed, "The URL is too long.", status: status),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => Problem.Of(RequestErrorCode.ValidationFailed, "The headers are too large.", status: status),
        < 500 or StatusCodes.Status501NotImplemented or StatusCodes.Status505HttpVersionNotsupported => Problem.Of(RequestErrorCode.ValidationFailed, "The request is malformed.", status: status),
        _ => Problem.Of(RequestErrorCode.InternalError, status: status),
    };
}
