using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Uploads;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api;

/// <summary>
/// The JSON of the API. Strict on the way in: a member that is misspelled or there twice is an error, not a silence.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(CreateUploadRequest))]
[JsonSerializable(typeof(UploadResponse))]
[JsonSerializable(typeof(CompleteUploadRequest))]
[JsonSerializable(typeof(CompletedUploadResponse))]
[JsonSerializable(typeof(CreateJobRequest))]
[JsonSerializable(typeof(JobResponse))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(IdempotencyRecord))]
[JsonSerializable(typeof(TaskRecord))]
[JsonSerializable(typeof(UploadRecord))]
[JsonSerializable(typeof(AwaitingRecord))]
[JsonSerializable(typeof(DeliveryState))]
[JsonSerializable(typeof(AttemptLease))]
internal sealed partial class ApiJson : JsonSerializerContext;
