using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

[Description("A preview: a short animation without sound that repeats.")]
internal sealed record PreviewBody
{
    [Required]
    [StringLength(Core.Jobs.OutputName.MaxLength)]
    [Description("The name of the preview. It may contain folders. Its extension sets the format: webp or gif.")]
    [JsonConverter(typeof(ParsedPreviewNameConverter))]
    public Parsed<PreviewName>? OutputName { get; init; }

    [Description("Where the preview starts: seconds (8.5), a time (\"00:08\"), or a percentage of the duration (\"50%\"). Several segments are spread evenly from there to the end of the video. Default: the beginning.")]
    [JsonConverter(typeof(ParsedPositionConverter))]
    public Parsed<FramePosition>? Start { get; init; }

    [Range(PreviewValidator.MinDuration, PreviewRequest.MaxDuration)]
    [Description("The duration of the preview in seconds. Default: 3.")]
    public double? Duration { get; init; }

    [Range(1, PreviewRequest.MaxSegments)]
    [Description("The number of pieces of the video that make up the preview. Default: 1.")]
    public int? Segments { get; init; }

    [Range(PreviewValidator.MinWidth, PreviewValidator.MaxWidth)]
    [Description("The maximum width in pixels. The height follows from the shape of the video. Default: 320.")]
    public int? Width { get; init; }

    [Range(1, PreviewValidator.MaxFps)]
    [Description("The maximum number of frames per second. Default: 12.")]
    public double? Fps { get; init; }

    /// <summary>Returns the requested preview. The body must be valid.</summary>
    public PreviewRequest ToRequest(IfExists ifExists)
    {
        var request = new PreviewRequest { OutputName = OutputName!, IfExists = ifExists };
        return request with
        {
            Start = Start?.Value ?? request.Start,
            Duration = Duration ?? request.Duration,
            Segments = Segments ?? request.Segments,
            Width = Width ?? request.Width,
            Fps = Fps ?? request.Fps,
        };
    }
}

internal sealed class PreviewValidator : AbstractValidator<PreviewBody>
{
    public const double MinDuration = 0.1;

    public const int MinWidth = 16, MaxWidth = 1280, MaxFps = 30;

    public PreviewValidator()
    {
        RuleFor(preview => preview.OutputName).MustBeParsed();
        When(preview => preview.Start is not null, () => RuleFor(preview => preview.Start).MustBeParsed());
        RuleFor(preview => preview.Start).Must(start => start?.Value?.IsAuto is not true).WithMessage("must be a time or a percentage");
        RuleFor(preview => preview.Duration).InclusiveBetween(MinDuration, PreviewRequest.MaxDuration).WithMessage("must be 0.1 to 10 seconds");
        RuleFor(preview => preview.Segments).InclusiveBetween(1, PreviewRequest.MaxSegments).WithMessage($"must be 1 to {PreviewRequest.MaxSegments}");
        RuleFor(preview => preview.Width).InclusiveBetween(MinWidth, MaxWidth).WithMessage($"must be {MinWidth} to {MaxWidth}");
        RuleFor(preview => preview.Fps).InclusiveBetween(1, MaxFps).WithMessage($"must be 1 to {MaxFps}");
    }
}
