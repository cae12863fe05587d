using FluentValidation;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

internal sealed class CreateJobValidator : AbstractValidator<CreateJobRequest>
{
    public CreateJobValidator(WebhookSettings webhooks)
    {
        RuleFor(request => request.VideoKey).Custom((key, context) =>
        {
            if (!ObjectKey.TryParse(key, out _, out var error))
                context.AddFailure(error);
            else if (!key!.StartsWith(ObjectKeys.Videos, StringComparison.Ordinal))
                context.AddFailure($"must begin with {ObjectKeys.Videos}");
        });
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
        When(request => request.Frames is null, () => Include(new FrameNameValidator())).Otherwise(() =>
        {
            RuleFor(request => request.Position).Null().WithMessage("must not be given together with frames");
            RuleFor(request => request.OutputName).Null().WithMessage("must not be given together with frames");
            RuleFor(request => request.Frames).Must(frames => frames!.Count is >= 1 and <= Job.MaxFrames)
                .WithMessage($"must be 1 to {Job.MaxFrames}");
            RuleForEach(request => request.Frames).NotNull().WithMessage("must be an object")
                .SetValidator(new FrameSizeValidator()).SetValidator(new FrameNameValidator());
            RuleFor(request => request.Frames).Must(HaveDistinctNames!).WithMessage("must have distinct output names");
        });
    }

    private static bool HaveDistinctNames(IReadOnlyList<FrameBody> frames)
    {
        var names = frames.Select(frame => frame?.OutputName).OfType<string>().ToList();
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count;
    }
}

internal sealed class FrameNameValidator : AbstractValidator<FrameBody>
{
    public FrameNameValidator()
    {
        RuleFor(frame => frame.Position).Custom((position, context) =>
        {
            if (position is null)
                context.AddFailure("must be given");
            else if (!FramePosition.TryParse(position, out _, out var error))
                context.AddFailure(error);
        });
        RuleFor(frame => frame.OutputName).Custom((name, context) =>
        {
            if (name is null)
                context.AddFailure("must be given");
            else if (!OutputName.TryParse(name, out _, out var error))
                context.AddFailure(error);
        });
    }
}

internal sealed class FrameSizeValidator : AbstractValidator<FrameBody>
{
    // WebP's limit is 16,383; no screen is larger.
    public const int MaxSide = 16_383;

    public FrameSizeValidator()
    {
        RuleFor(frame => frame.Width).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(frame => frame.Height).InclusiveBetween(1, MaxSide).WithMessage($"must be 1 to {MaxSide}");
        RuleFor(frame => frame.Quality).InclusiveBetween(1, 100).WithMessage("must be 1 to 100");
    }
}
