using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Webhooks;

/// <summary>Why an attempt to send a webhook failed: a closed list.</summary>
[Description("Why an attempt to deliver a webhook failed.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<DeliveryError>))]
internal enum DeliveryError
{
    /// <summary>The name means no address that webhooks are sent to: only public ones are.</summary>
    AddressNotAllowed,

    /// <summary>The name means no address.</summary>
    NameNotResolved,

    /// <summary>Nobody takes connections there.</summary>
    ConnectionFailed,

    /// <summary>The receiver's certificate is not valid, or it speaks no TLS.</summary>
    TlsFailed,

    /// <summary>The receiver took too long.</summary>
    TimedOut,

    /// <summary>The connection broke off, or what came was not HTTP.</summary>
    NoAnswer,

    /// <summary>The receiver answered with a redirect, which is not followed.</summary>
    Redirected,

    /// <summary>The receiver answered 410: it wants no more.</summary>
    Gone,

    /// <summary>The receiver answered with another status that is not 2xx.</summary>
    Refused,

    /// <summary>The service was stopped while it sent the webhook, which may have arrived or not.</summary>
    Interrupted,
}
