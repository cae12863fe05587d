using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

[Description("A picture to make.")]
internal record FrameBody
{
    [Description("Where in the video: seconds (8.5), a time (\"00:08\", \"1:02:03.250\"), a percentage (\"50%\") or \"auto\". The picture is the frame that a player shows then.")]
    [JsonConverter(typeof(NumberOrTextConverter))]
    public string? Position { get; init; }

    [Description("The picture's name, folders allowed. Its extension chooses the format: png, jpg, jpeg or webp.")]
    public string? OutputName { get; init; }

    [Description("The width to fit, in pixels.")]
    public int? Width { get; init; }

    [Description("The height to fit, in pixels.")]
    public int? Height { get; init; }

    [Description("How the picture fits width and height: contain (default) keeps its shape, cover cuts off what is too much, fill stretches it.")]
    public Fit? Fit { get; init; }

    [Description("Whether the picture may become larger than the video. Default: false.")]
    public bool? Enlarge { get; init; }

    [Description("1 to 100, for jpg (default 85) and webp (default 80).")]
    public int? Quality { get; init; }

    [Description("What to do when the name is taken: replace (default) the picture, or fail with output_exists.")]
    public IfExists? IfExists { get; init; }

    [Description("What to do with a position behind the end: error (default), or clamp to the last frame.")]
    public OutOfRange? OutOfRange { get; init; }
}
