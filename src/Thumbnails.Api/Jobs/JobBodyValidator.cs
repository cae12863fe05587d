using FluentValidation;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

internal sealed class JobBodyValidator : AbstractValidator<JobBody>
{
    private const string NothingToMake = "must be given, unless the request has frames, a storyboard or a preview";
    private const string NoFrame = "must be used together with position and outputName, or with frames";

    public JobBodyValidator(WebhookSettings webhooks)
    {
        RuleFor(request => request.CallbackUrl).Custom((url, context) =>
        {
            if (url is not null && CallbackUrls.Fault(url, webhooks) is { } fault)
                context.AddFailure(fault);
        });
        CheckFrames();
        RuleFor(request => request.Storyboard!).SetValidator(new StoryboardValidator()).When(request => request.Storyboard is not null);
        RuleFor(request => request.Preview!).SetValidator(new PreviewValidator()).When(request => request.Preview is not null);
        RuleFor(request => request).Custom(NameConflicts.Check);
    }

    private void CheckFrames()
    {
        Include(new FrameSizeValidator());
        When(request => request.Background is not null, () => RuleFor(request => request.Background).MustBeParsed());
        RuleFor(request => request).Custom(FramePlacement.Check);
        When(request => request.IsFrame(), () =>
        {
            RuleFor(request => request.Position).MustBeParsed(NothingToMake);
            RuleFor(request => request.OutputName).MustBeParsed(NothingToMake);
        });
        When(request => request.Frames is not null, () =>
        {
            RuleFor(request => request.Position).Null().WithMessage("must not be used together with frames");
            RuleFor(request => request.OutputName).Null().WithMessage("must not be used together with frames");
            RuleFor(request => request.Frames).Must(frames => frames!.Count is >= 1 and <= Job.MaxFrames)
                .WithMessage($"must be 1 to {Job.MaxFrames}");
            RuleForEach(request => request.Frames).NotNull().WithMessage("must be an object")
                .SetValidator(new FrameSizeValidator()).SetValidator(new FrameNameValidator());
        });
        When(request => !request.IsFrame() && request.Frames is null, RejectFrameOptions);
    }

    // A storyboard and a preview have options of their own, and share only ifExists.
    private void RejectFrameOptions()
    {
        RuleFor(request => request.Width).Null().WithMessage(NoFrame);
        RuleFor(request => request.Height).Null().WithMessage(NoFrame);
        RuleFor(request => request.Fit).Null().WithMessage(NoFrame);
        RuleFor(request => request.Background).Null().WithMessage(NoFrame);
        RuleFor(request => request.Enlarge).Null().WithMessage(NoFrame);
        RuleFor(request => request.Quality).Null().WithMessage(NoFrame);
        RuleFor(request => request.OutOfRange).Null().WithMessage(NoFrame);
        RuleFor(request => request.Accuracy).Null().WithMessage(NoFrame);
    }
}
