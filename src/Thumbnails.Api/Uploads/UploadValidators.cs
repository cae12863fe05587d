using FluentValidation;
using Microsoft.Net.Http.Headers;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

internal sealed class CreateUploadValidator : AbstractValidator<CreateUploadRequest>
{
    public const int MaxFileName = 200;

    // Media types of videos that do not begin with video/.
    private static readonly HashSet<string> OtherTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/octet-stream", "application/mp4", "application/mxf", "application/ogg", "application/x-matroska", "application/vnd.rn-realmedia",
        "image/gif",
    };

    public CreateUploadValidator(UploadSettings settings, WebhookSettings webhooks)
    {
        RuleFor(request => request.FileName).Custom((name, context) =>
        {
            if (FileNameFault(name) is { } fault)
                context.AddFailure(fault);
        });
        RuleFor(request => request.ContentType).Must(IsVideoType)
            .WithMessage("must be the media type of a video, such as video/mp4, or application/octet-stream");
        RuleFor(request => request.SizeBytes).NotNull().WithMessage("must be given")
            .InclusiveBetween(1, settings.MaxBytes).WithMessage($"must be 1 to {settings.MaxBytes} bytes");
        RuleFor(request => request.Job!).SetValidator(new JobBodyValidator(webhooks)).When(request => request.Job is not null);
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

    // Browsers do not quote the codecs of their own recordings (video/webm;codecs=vp8,opus), so parameters may be any printable
    // text. Surrounding spaces would be lost in the signed header.
    private static bool IsVideoType(string? type) =>
        type?.Length <= 100
        && type.All(character => character is >= ' ' and <= '~') && type == type.Trim()
        && MediaTypeHeaderValue.TryParse(type.Split(';')[0].Trim(), out var parsed)
        && (parsed.Type.Equals("video", StringComparison.OrdinalIgnoreCase) || OtherTypes.Contains(parsed.MediaType.ToString()))
        && parsed.SubType != "*";
}

internal sealed class CompleteUploadValidator : AbstractValidator<CompleteUploadRequest>
{
    public const int MaxParts = 10_000, MaxETag = 200;

    public CompleteUploadValidator()
    {
        RuleFor(request => request.Parts).Must(parts => parts is { Count: >= 1 and <= MaxParts }).WithMessage($"must be 1 to {MaxParts}");
        RuleForEach(request => request.Parts).Must(part => part is { Number: >= 1 and <= MaxParts, ETag.Length: >= 1 and <= MaxETag })
            .WithMessage("must have number and eTag");
    }
}
