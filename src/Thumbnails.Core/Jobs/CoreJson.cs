using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>The JSON of the objects that the API and the worker share through the store.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(StoryboardDocument))]
public sealed partial class CoreJson : JsonSerializerContext;
