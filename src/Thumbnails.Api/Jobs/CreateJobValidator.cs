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
