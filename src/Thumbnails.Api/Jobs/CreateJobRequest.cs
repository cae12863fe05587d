using System.ComponentModel;

namespace Thumbnails.Api.Jobs;

[Description("The pictures to make of a video that is there: one (position and outputName), or several (frames).")]
internal sealed record CreateJobRequest : JobBody
{
    [Description("The key of an uploaded video, from POST /uploads.")]
    public string? VideoKey { get; init; }
}
