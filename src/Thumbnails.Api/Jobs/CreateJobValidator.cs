using FluentValidation;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

internal sealed class CreateJobValidator : AbstractValidator<CreateJobRequest>
{
    public CreateJobValidator(WebhookSettings webhooks)
    {
        RuleFor(request => request.VideoKey).MustBeParsed();
        RuleFor(request => request.VideoKey).Must(key => key?.Value?.ToString().StartsWith(ObjectKeys.Videos, StringComparison.Ordinal) != false)
            .WithMessage($"must begin with {ObjectKeys.Videos}");
        Include(new JobBodyValidator(webhooks));
    }
}

internal sealed class JobBodyValidator : AbstractValidator<JobBody>
{
    public JobBodyValidator(WebhookSettings webhooks)
    {
        RuleFor(request => request.CallbackUrl).Custom((url, context) =>
        {
            if (url is not null && CallbackUrls.Fault(url, webhooks) is { } fault)
                context.AddFailure(fault);
        });
        Include(new FrameSizeValidator());
        RuleFor(request => request).Custom(CheckPixels);
        When(request => request.Frames is null, () => Include(new FrameNameValidator())).Otherwise(() =>
        {
            RuleFor(request => request.Position).Null().WithMessage("must not be used together with frames");
            RuleFor(request => request.OutputName).Null().WithMessage("must not be used together with frames");
            RuleFor(request => request.Frames).Must(frames => frames!.Count is >= 1 and <= Job.MaxFrames)
                .WithMessage($"must be 1 to {Job.MaxFrames}");
            RuleForEach(request => request.Frames).NotNull().WithMessage("must be an object")
                .SetValidator(new FrameSizeValidator()).SetValidator(new FrameNameValidator());
            RuleFor(request => request.Frames).Must(HaveDistinctNames!).WithMessage("must have different output names");
        });
    }

    // These pictures have the requested size for any video. The size of the others depends on the video.
    private static void CheckPixels(JobBody request, ValidationContext<JobBody> context)
    {
        foreach (var (i, frame) in request.WholeFrames().Index())
        {
            if (frame is { Fit: Fit.Cover or Fit.Fill, Enlarge: true } && (long?)frame.Width * frame.Height > FrameRequest.MaxPixels)
                context.AddFailure(request.Frames is null ? "Width" : $"Frames[{i}].Width", $"must be smaller, or height must be: a picture has at most {FrameRequest.MaxPixels} pixels");
        }
    }

    private static bool HaveDistinctNames(IReadOnlyList<FrameBody> frames)
    {
        var names = frames.Select(frame => frame?.OutputName?.Value).OfType<OutputName>().ToList();
        return names.Distinct().Count() == names.Count;
    }
}

internal sealed class FrameNameValidator : AbstractValidator<FrameBody>
{
    public FrameNameValidator()
    {
        RuleFor(frame => frame.Position).MustBeParsed();
        RuleFor(frame => frame.OutputName).MustBeParsed();
    }
}

internal sealed class FrameSizeValidator : AbstractValidator<FrameBody>
{
    // The limit of WebP is 16,383, which is larger than any screen.
    public const int MaxSide = 16_383;

    public FrameSizeValidator()
    {
        RuleFor(frame => frame.Width).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(frame => frame.Height).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(frame => frame.Quality).InclusiveBetween(1, 100).WithMessage("must be 1 to 100");
    }
}

internal static class ParsedRules
{
    /// <summary>Requires the member to be present and valid.</summary>
    public static void MustBeParsed<TBody, T>(this IRuleBuilder<TBody, Parsed<T>?> rule)
        where T : class => rule.Custom((parsed, context) =>
        {
            if (parsed is not { Error: null })
                context.AddFailure(parsed?.Error ?? "must be given");
        });
}
