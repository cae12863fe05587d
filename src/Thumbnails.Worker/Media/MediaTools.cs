namespace Thumbnails.Worker.Media;

/// <summary>The paths of ffmpeg and ffprobe: <c>FFMPEG</c> and <c>FFPROBE</c>, or the same folder, or the PATH.</summary>
internal sealed record MediaTools(string Ffmpeg, string Ffprobe)
{
    public static MediaTools Find(Func<string, string?> variables)
    {
        var ffmpeg = variables("FFMPEG") is { Length: > 0 } given ? given : "ffmpeg";
        var beside = Path.Combine(Path.GetDirectoryName(ffmpeg) ?? "", "ffprobe");
        return new MediaTools(ffmpeg, variables("FFPROBE") is { Length: > 0 } other ? other : beside);
    }
}
