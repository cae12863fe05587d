using System.Globalization;
using System.Text;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>A storyboard as WebVTT: a cue for each tile, whose text is the URL of a part of a sheet.</summary>
internal static class WebVtt
{
    public static string Write(StoryboardDocument document)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var tile in TileCue.Of(document))
        {
            var start = Milliseconds(tile.Start);
            // A cue that does not end after its start is not valid.
            var end = Math.Max(Milliseconds(tile.End), start + 1);
            text.Append(CultureInfo.InvariantCulture, $"\n{Time(start)} --> {Time(end)}\n{tile.File}#xywh={tile.X},{tile.Y},{document.TileWidth},{document.TileHeight}\n");
        }

        return text.ToString();
    }

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);

    private static string Time(long milliseconds)
    {
        var (seconds, rest) = Math.DivRem(milliseconds, 1000);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.{rest:000}");
    }
}
