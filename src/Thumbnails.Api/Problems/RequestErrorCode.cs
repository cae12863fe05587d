using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Problems;

/// <summary>Why a request failed: the closed list of <c>code</c> in problem responses.</summary>
[Description("Why a request failed: one of a stable list.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<RequestErrorCode>))]
public enum RequestErrorCode
{
    /// <summary>The request is not valid; <c>errors</c> lists the reasons.</summary>
    ValidationFailed,

    /// <summary>The credentials are missing or invalid.</summary>
    Unauthorized,

    /// <summary>The credentials, or the signature of the URL, do not allow this.</summary>
    Forbidden,

    /// <summary>The URL does not exist.</summary>
    NotFound,

    /// <summary>The URL does not support this method.</summary>
    MethodNotAllowed,

    /// <summary>The job does not exist.</summary>
    JobNotFound,

    /// <summary>The upload in parts does not exist, or has been completed or aborted.</summary>
    UploadNotFound,

    /// <summary>The picture does not exist, or has not been made yet.</summary>
    ThumbnailNotFound,

    /// <summary>The job has ended and cannot be canceled.</summary>
    JobAlreadyFinished,

    /// <summary>The job has not ended, so it has no webhook to send again.</summary>
    JobNotFinished,

    /// <summary>A request with the same idempotency key is still being processed.</summary>
    IdempotencyInFlight,

    /// <summary>A presigned upload URL was used for an object that already exists.</summary>
    ObjectExists,

    /// <summary>The video is not in the store.</summary>
    VideoNotFound,

    /// <summary>The idempotency key was used with a different body.</summary>
    IdempotencyKeyReused,

    /// <summary>The job has no <c>callbackUrl</c>, so it has no webhook to send again.</summary>
    CallbackUrlMissing,

    /// <summary>Too many requests: from a gateway in front of this program, or too many redeliveries of one webhook.</summary>
    TooManyRequests,

    /// <summary>A stored record of the job cannot be read.</summary>
    JobUnreadable,

    /// <summary>An unexpected error in the service.</summary>
    InternalError,

    /// <summary>The store is not available.</summary>
    StorageUnavailable,
}
