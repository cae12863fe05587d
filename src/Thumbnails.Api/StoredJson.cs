using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api;

/// <summary>
/// The JSON of the records that the API keeps in the store. Unlike a request, a record may have members that this version does not
/// know, if a newer version wrote it before a rollback.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IdempotencyRecord))]
[JsonSerializable(typeof(TaskRecord))]
[JsonSerializable(typeof(TaskSighting))]
[JsonSerializable(typeof(TaskDetails))]
[JsonSerializable(typeof(UploadExtension))]
[JsonSerializable(typeof(DeliveryState))]
[JsonSerializable(typeof(DeliveryAttempt))]
internal sealed partial class StoredJson : JsonSerializerContext;
