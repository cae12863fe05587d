namespace Thumbnails.Worker.Media;

/// <summary>Recognises Dolby Vision that only its own players show as it was meant.</summary>
internal static class DolbyVision
{
    // The other profiles carry pictures in HDR10, HLG or SDR, to which what Dolby adds is a refinement.
    public static string? Warning(ProbeStream stream) => stream.SideData?.Any(data => data.DvProfile == 5) is true
        ? "The video is in Dolby Vision profile 5, whose colors cannot be converted: the colors of the picture are wrong."
        : null;
}
