namespace Thumbnails.Worker.Media;

/// <summary>Where ffmpeg and ffprobe are: <c>FFMPEG</c> and <c>FFPROBE</c>, or beside each other, or on the PATH.</summary>
internal sealed record MediaTools(string Ffmpeg, string Ffprobe)
{
    public static MediaTools Find(Func<string, string?> variables)
    {
        var ffmpeg = variables("FFMPEG") is { Length: > 0 } given ? given : "ffmpeg";
        var beside = Path.Combine(Path.GetDirectoryName(ffmpeg) ?? "", "ffprobe");
        return new MediaTools(ffmpeg, variables("FFPROBE") is { Length: > 0 } other ? other : beside);
    }
}
