using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>The keys of the pictures that a job has made.</summary>
internal static class PictureKeys
{
    public static IEnumerable<ObjectKey> Of(JobSnapshot snapshot)
    {
        var (job, result) = (snapshot.Job, snapshot.Result);
        foreach (var frame in result?.Frames ?? [])
        {
            if (frame.Error is null)
                yield return ObjectKeys.Thumbnail(frame.OutputName);
        }

        if (job.Preview is { } preview && result?.Preview is { Error: null })
            yield return ObjectKeys.Preview(preview.OutputName);
        if (job.Storyboard is { } storyboard && result?.Storyboard is { Error: null } made)
        {
            for (var i = 0; i < made.Sheets.Count; i++)
                yield return ObjectKeys.StoryboardSheet(storyboard.Name, i, storyboard.Format);
        }
    }
}
