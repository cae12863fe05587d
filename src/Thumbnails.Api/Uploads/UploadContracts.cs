using System.ComponentModel;
using FluentValidation;
using Microsoft.Net.Http.Headers;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

[Description("A video that a client wants to upload.")]
internal sealed record CreateUploadRequest
{
    [Description("The file's name: no folders, at most 200 characters.")]
    public string? FileName { get; init; }

    [Description("The video's media type: video/…, or application/octet-stream where it is not known.")]
    public string? ContentType { get; init; }

    [Description("The file's exact size in bytes.")]
    public long? SizeBytes { get; init; }
}

[Description("Where and how to upload the video.")]
internal sealed record UploadResponse
{
    [Description("The video's key, for POST /jobs.")]
    public required ObjectKey VideoKey { get; init; }

    [Description("The method with which to send the file to the address.")]
    public required string Method { get; init; }

    [Description("The address: takes one file of exactly the size and type that were asked for, without credentials, and never over an existing one.")]
    public required Uri Url { get; init; }

    [Description("The headers to send with the file, exactly as they stand here.")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [Description("When the address stops working.")]
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class CreateUploadValidator : AbstractValidator<CreateUploadRequest>
{
    private const int MaxFileName = 200;

    // Types that are not video/… and yet hold videos.
    private static readonly HashSet<string> OtherTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/octet-stream", "application/mp4", "application/mxf", "application/ogg", "application/x-matroska", "image/gif",
    };

    public CreateUploadValidator(Settings settings)
    {
        RuleFor(request => request.FileName).Custom((name, context) =>
        {
            if (FileNameFault(name) is { } fault)
                context.AddFailure(fault);
        });
        RuleFor(request => request.ContentType).Must(IsVideoType)
            .WithMessage("must be the media type of a video, such as video/mp4, or application/octet-stream");
        RuleFor(request => request.SizeBytes).NotNull().WithMessage("must be given")
            .InclusiveBetween(1, settings.Uploads.MaxBytes).WithMessage($"must be 1 to {settings.Uploads.MaxBytes} bytes");
    }

    private static string? FileNameFault(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "must be given";
        if (name.Length > MaxFileName)
            return $"must have at most {MaxFileName} characters";
        if (name.Contains('/'))
            return "must not contain a slash";
        return ObjectKey.TryParse(name, out _, out var error) ? null : error;
    }

    private static bool IsVideoType(string? type) =>
        type?.Length <= 100
        && MediaTypeHeaderValue.TryParse(type, out var parsed)
        && (parsed.Type.Equals("video", StringComparison.OrdinalIgnoreCase) || OtherTypes.Contains(parsed.MediaType.ToString()))
        && parsed.SubType != "*";
}
