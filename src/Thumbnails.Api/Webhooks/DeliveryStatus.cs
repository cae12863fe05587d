using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Webhooks;

/// <summary>How far a webhook has come.</summary>
[Description("The status of a delivery.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<DeliveryStatus>))]
internal enum DeliveryStatus
{
    /// <summary>It will be sent, or sent again.</summary>
    Pending,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>The receiver does not want it, or could not be reached for days.</summary>
    Failed,
}
