using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make from an uploaded video: one (position and outputName) or several (frames).")]
internal sealed record CreateJobRequest : JobBody
{
    [Required]
    [Description("The key of an uploaded video: the videoKey that POST /uploads returned.")]
    public string? VideoKey { get; init; }
}
