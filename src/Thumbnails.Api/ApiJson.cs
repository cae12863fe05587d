using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Storyboards;
using Thumbnails.Api.Uploads;

namespace Thumbnails.Api;

/// <summary>
/// The JSON of requests and responses. Parsing is strict: an unknown or duplicate member is an error.
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
[JsonSerializable(typeof(VidstackTile[]))]
[JsonSerializable(typeof(MuxStoryboard))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
