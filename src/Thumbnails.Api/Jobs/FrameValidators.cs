using FluentValidation;

namespace Thumbnails.Api.Jobs;

internal sealed class FrameNameValidator : AbstractValidator<FrameBody>
{
    public FrameNameValidator()
    {
        RuleFor(frame => frame.Position).MustBeParsed();
        RuleFor(frame => frame.OutputName).MustBeParsed();
        When(frame => frame.Background is not null, () => RuleFor(frame => frame.Background).MustBeParsed());
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
    public static void MustBeParsed<TBody, T>(this IRuleBuilder<TBody, Parsed<T>?> rule, string missing = "must be given")
        where T : class => rule.Custom((parsed, context) =>
        {
            if (parsed is not { Error: null })
                context.AddFailure(parsed?.Error ?? missing);
        });
}
