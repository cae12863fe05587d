using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Webhooks;

/// <summary>The status of a webhook.</summary>
[Description("The status of a delivery.")]
[JsonConverter(typeof(SnakeCaseEnumConverter<DeliveryStatus>))]
internal enum DeliveryStatus
{
    /// <summary>The webhook will be sent, or sent again.</summary>
    Pending,

    /// <summary>The receiver accepted the webhook.</summary>
    Delivered,

    /// <summary>The receiver declined the webhook, or all attempts failed.</summary>
    Failed,
}
