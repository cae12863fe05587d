using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Problems;

/// <summary>Why a request was refused: the closed list of <c>code</c> in problem answers.</summary>
[Description("Why a request failed: one of a stable list.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<RequestErrorCode>))]
public enum RequestErrorCode
{
    /// <summary>Something in the request is wrong; <c>errors</c> says what.</summary>
    ValidationFailed,

    /// <summary>No valid credentials.</summary>
    Unauthorized,

    /// <summary>The credentials, or the signature of the address, do not allow this.</summary>
    Forbidden,

    /// <summary>Nothing is at this address.</summary>
    NotFound,

    /// <summary>The address does not take this method.</summary>
    MethodNotAllowed,

    /// <summary>There is no such job.</summary>
    JobNotFound,

    /// <summary>There is no such upload in parts, or not any more.</summary>
    UploadNotFound,

    /// <summary>The job has no such picture, or not yet.</summary>
    ThumbnailNotFound,

    /// <summary>The job has ended and cannot be canceled.</summary>
    JobAlreadyFinished,

    /// <summary>A request with the same idempotency key is being answered.</summary>
    IdempotencyInFlight,

    /// <summary>A signed upload address was used when the object was already there.</summary>
    ObjectExists,

    /// <summary>The video is not in the store.</summary>
    VideoNotFound,

    /// <summary>The idempotency key came with another body before.</summary>
    IdempotencyKeyReused,

    /// <summary>Too many requests at once: the meaning of status 429, which only a gateway in front of this program returns.</summary>
    TooManyRequests,

    /// <summary>A stored record of the job cannot be read.</summary>
    JobUnreadable,

    /// <summary>An error of the service.</summary>
    InternalError,

    /// <summary>The store does not answer.</summary>
    StorageUnavailable,
}
