using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

[Description("A picture to make from one frame of the video.")]
internal record FrameBody
{
    [Description("Where in the video: seconds (8.5), a time (\"00:08\", \"1:02:03.250\"), a percentage of the duration (\"50%\"), or \"auto\" for a representative frame. The picture shows the frame that a player displays at that position.")]
    [JsonConverter(typeof(ParsedPositionConverter))]
    public Parsed<FramePosition>? Position { get; init; }

    [StringLength(Core.Jobs.OutputName.MaxLength)]
    [Description("The name of the picture. It may contain folders. Its extension sets the format: png, jpg, jpeg or webp.")]
    [JsonConverter(typeof(ParsedNameConverter))]
    public Parsed<OutputName>? OutputName { get; init; }

    [Range(1, FrameSizeValidator.MaxSide)]
    [Description("The maximum width in pixels. Default: the width that matches height, or the width of the video.")]
    public int? Width { get; init; }

    [Range(1, FrameSizeValidator.MaxSide)]
    [Description("The maximum height in pixels. Default: the height that matches width, or the height of the video.")]
    public int? Height { get; init; }

    [Description("How the picture fits into width and height: contain (default) keeps the aspect ratio, cover fills the area and crops the rest, fill stretches the picture, pad keeps the aspect ratio and fills the rest with background.")]
    public Fit? Fit { get; init; }

    [Description("What fills the rest of a picture with fit=pad: a hex color (#1a2b3c or #abc), or blur for a blurred copy of the frame. Default: black.")]
    [JsonConverter(typeof(ParsedBackgroundConverter))]
    public Parsed<Background>? Background { get; init; }

    [Description("Whether the picture may be larger than the video. Default: false.")]
    public bool? Enlarge { get; init; }

    [Range(1, 100)]
    [Description("The quality of jpg (default 85) and webp (default 80) pictures.")]
    public int? Quality { get; init; }

    [Description("What to do when a picture of this name exists: replace it (default), or fail with output_exists.")]
    public IfExists? IfExists { get; init; }

    [Description("What to do with a position past the end of the video: fail with position_out_of_range (error, default), or use the last frame (clamp).")]
    public OutOfRange? OutOfRange { get; init; }

    [Description("Which frame is used: the one that a player displays at the position (exact, default), or the keyframe at or before it (keyframe), which is much cheaper in a long video. The job reports the time of the frame that was used.")]
    public Accuracy? Accuracy { get; init; }
}
