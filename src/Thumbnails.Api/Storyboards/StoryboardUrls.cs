using System.ComponentModel;

namespace Thumbnails.Api.Storyboards;

[Description("The URLs of the manifests of a storyboard. They need no credentials: anyone who has one can see the storyboard.")]
internal sealed record StoryboardUrls
{
    public const string Root = "view", VttFile = "storyboard.vtt", JsonFile = "storyboard.json", HlsFile = "storyboard.m3u8", DashFile = "storyboard.mpd",
        AdaptationSetFile = "storyboard.adaptationset.xml";

    [Description("WebVTT, with a cue for each tile.")]
    public required Uri Vtt { get; init; }

    [Description("JSON as Vidstack reads it. With ?format=mux, in the form of Mux, for a storyboard of one sheet.")]
    public required Uri Json { get; init; }

    [Description("An HLS image media playlist. See hlsImageStream for the line that refers to it.")]
    public required Uri Hls { get; init; }

    [Description("A DASH manifest with the storyboard alone.")]
    public required Uri Dash { get; init; }

    [Description("The adaptation set of the storyboard, to be pasted into the DASH manifest of the video.")]
    public required Uri DashAdaptationSet { get; init; }

    /// <param name="folder">The URL of the storyboard's folder.</param>
    public static StoryboardUrls Of(Uri folder) => new()
    {
        Vtt = new Uri(folder, VttFile),
        Json = new Uri(folder, JsonFile),
        Hls = new Uri(folder, HlsFile),
        Dash = new Uri(folder, DashFile),
        DashAdaptationSet = new Uri(folder, AdaptationSetFile),
    };

    /// <summary>Returns the URL of a storyboard's folder, with a trailing slash.</summary>
    public static Uri FolderOf(string token, Uri baseUrl) => new(baseUrl, $"{Root}/{token}/");
}
