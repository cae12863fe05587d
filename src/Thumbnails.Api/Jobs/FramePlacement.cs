using FluentValidation;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>Checks the size, the fit and the background of each frame, with the values that it inherits from the request.</summary>
internal static class FramePlacement
{
    public static void Check(JobBody request, ValidationContext<JobBody> context)
    {
        var frames = request.WholeFrames().ToList();
        foreach (var (i, frame) in frames.Index())
        {
            var path = request.IsFrame() ? "" : $"Frames[{i}].";
            if (SizeFault(frame) is { } fault)
                context.AddFailure($"{path}{fault.Member}", fault.Message);
            if (!request.IsFrame() && request.Frames![i] is { Background: not null } && frame.Fit != Fit.Pad)
                context.AddFailure($"{path}Background", "must be used together with fit=pad");
        }

        if (request.Background is not null && frames.Count > 0 && !frames.Exists(frame => frame.Fit == Fit.Pad))
            context.AddFailure("Background", "must be used together with fit=pad");
    }

    private static (string Member, string Message)? SizeFault(FrameBody frame) => frame switch
    {
        { Fit: Fit.Pad, Width: null } => ("Width", "must be given with fit=pad"),
        { Fit: Fit.Pad, Height: null } => ("Height", "must be given with fit=pad"),
        // These pictures have the requested size for any video. The size of the others depends on the video.
        ({ Fit: Fit.Pad } or { Fit: Fit.Cover or Fit.Fill, Enlarge: true }) and { Width: { } width, Height: { } height } when (long)width * height > FrameRequest.MaxPixels =>
            ("Width", $"must be smaller, or height must be: a picture has at most {FrameRequest.MaxPixels} pixels"),
        _ => null,
    };
}
