using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make from an uploaded video: one (position and outputName) or several (frames), a storyboard, a preview, or any of these together. " + OptionsText)]
internal sealed record CreateJobRequest : JobBody
{
    [Required]
    [Description("The key of an uploaded video: the videoKey that POST /uploads returned.")]
    [JsonConverter(typeof(ParsedKeyConverter))]
    public Parsed<ObjectKey>? VideoKey { get; init; }
}
