using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FluentValidation;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Jobs;

[Description("A storyboard: small pictures (tiles) of the whole video at regular intervals, arranged in sheets, with manifests that players read.")]
internal sealed record StoryboardBody
{
    [Required]
    [StringLength(StoryboardName.MaxLength)]
    [Description("The name of the storyboard: a folder for its sheets. It may contain further folders.")]
    [JsonConverter(typeof(ParsedStoryboardNameConverter))]
    public Parsed<StoryboardName>? Name { get; init; }

    [Range(StoryboardValidator.MinInterval, StoryboardValidator.MaxInterval)]
    [Description("The time from one tile to the next, in seconds. A storyboard has at most 10,000 tiles. An interval over 1 that is longer than the video fails with interval_out_of_range. Default: a hundredth of the duration, but at least 1 and at most 10.")]
    public double? Interval { get; init; }

    [Range(StoryboardValidator.MinWidth, StoryboardValidator.MaxWidth)]
    [Description("The width of a tile in pixels. The height follows from the shape of the video. Default: 320. A sheet is at most 16,383 pixels wide.")]
    public int? Width { get; init; }

    [Range(1, StoryboardValidator.MaxSide)]
    [Description("The number of tiles in a row of a sheet. Default: 5.")]
    public int? Columns { get; init; }

    [Range(1, StoryboardValidator.MaxSide)]
    [Description("The number of rows of a sheet. A storyboard of one sheet has only the rows that it needs. Default: 4.")]
    public int? Rows { get; init; }

    [Description("The format of the sheets. Default: jpg.")]
    public SheetFormat? Format { get; init; }

    [Range(1, 100)]
    [Description("The quality of jpg (default 85) and webp (default 80) sheets.")]
    public int? Quality { get; init; }

    /// <summary>Returns the requested storyboard. The body must be valid.</summary>
    public StoryboardRequest ToRequest(IfExists ifExists)
    {
        var request = new StoryboardRequest { Name = Name!, Interval = Interval, Quality = Quality, IfExists = ifExists, Format = FormatOf(Format) };
        return request with { Width = Width ?? request.Width, Columns = Columns ?? request.Columns, Rows = Rows ?? request.Rows };
    }

    private static PictureFormat FormatOf(SheetFormat? format) => format switch
    {
        SheetFormat.Png => PictureFormat.Png,
        SheetFormat.Webp => PictureFormat.Webp,
        _ => PictureFormat.Jpeg,
    };
}

/// <summary>The formats of sheets, named like the extensions of pictures.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<SheetFormat>))]
[Description("The format of the sheets of a storyboard.")]
internal enum SheetFormat
{
    Jpg,
    Jpeg,
    Png,
    Webp,
}

internal sealed class StoryboardValidator : AbstractValidator<StoryboardBody>
{
    // A tenth of a second is finer than any seek bar can show; an hour is longer than any needs.
    public const double MinInterval = 0.1, MaxInterval = 3600;

    public const int MinWidth = 16, MaxWidth = 1920, MaxSide = 20;

    public StoryboardValidator()
    {
        RuleFor(storyboard => storyboard.Name).MustBeParsed();
        RuleFor(storyboard => storyboard.Interval).InclusiveBetween(MinInterval, MaxInterval).WithMessage("must be 0.1 to 3600 seconds");
        RuleFor(storyboard => storyboard.Width).InclusiveBetween(MinWidth, MaxWidth).WithMessage($"must be {MinWidth} to {MaxWidth}");
        RuleFor(storyboard => storyboard.Columns).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(storyboard => storyboard.Rows).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(storyboard => storyboard.Quality).InclusiveBetween(1, 100).WithMessage("must be 1 to 100");
        RuleFor(storyboard => storyboard.Width).Must((storyboard, width) => (long)(width ?? 320) * (storyboard.Columns ?? 5) <= FrameSizeValidator.MaxSide)
            .When(storyboard => storyboard is { Width: null or (>= MinWidth and <= MaxWidth), Columns: null or (>= 1 and <= MaxSide) })
            .WithMessage($"must be smaller, or columns must be fewer: a sheet is at most {FrameSizeValidator.MaxSide} pixels wide");
    }
}
