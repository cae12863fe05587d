using FluentValidation;

namespace Thumbnails.Api.Jobs;

/// <summary>Checks that no picture of a job would replace another, or lie in the folder of its storyboard.</summary>
internal static class NameConflicts
{
    public static void Check(JobBody request, ValidationContext<JobBody> context)
    {
        var names = request.WholeFrames().Select(frame => frame.OutputName?.Value?.ToString()).OfType<string>().ToList();
        if (names.Distinct().Count() != names.Count)
            context.AddFailure("Frames", "must have different output names");
        if (request.Preview?.OutputName?.Value?.ToString() is { } preview)
        {
            if (names.Contains(preview))
                context.AddFailure("Preview.OutputName", "must differ from the names of the frames");
            names.Add(preview);
        }

        if (request.Storyboard?.Name?.Value?.ToString() is { } folder && names.Find(name => Overlap(name, folder)) is { } taken)
            context.AddFailure("Storyboard.Name", $"must not be the folder of another picture ({taken}), nor beneath it");
    }

    // A file store cannot have a file and a folder with the same name.
    private static bool Overlap(string name, string folder) => $"{name}/".StartsWith($"{folder}/", StringComparison.Ordinal) || folder.StartsWith($"{name}/", StringComparison.Ordinal);
}
