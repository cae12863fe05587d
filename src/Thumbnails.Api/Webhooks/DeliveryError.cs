using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Webhooks;

/// <summary>The closed list of reasons why a delivery attempt failed.</summary>
[Description("Why an attempt to deliver a webhook failed.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<DeliveryError>))]
internal enum DeliveryError
{
    /// <summary>The host has no public IP address, and webhooks are sent to public addresses only.</summary>
    AddressNotAllowed,

    /// <summary>The host name cannot be resolved.</summary>
    NameNotResolved,

    /// <summary>The connection was refused.</summary>
    ConnectionFailed,

    /// <summary>The receiver's certificate is not valid, or it does not support TLS.</summary>
    TlsFailed,

    /// <summary>The receiver did not respond in time.</summary>
    TimedOut,

    /// <summary>The connection was interrupted, or the response was not HTTP.</summary>
    NoAnswer,

    /// <summary>The receiver returned a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The receiver returned 410, which ends the delivery.</summary>
    Gone,

    /// <summary>The receiver returned another status that is not 2xx.</summary>
    Refused,

    /// <summary>The service was stopped while it sent the webhook, which may have arrived.</summary>
    Interrupted,
}
