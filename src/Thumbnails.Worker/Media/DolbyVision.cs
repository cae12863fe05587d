namespace Thumbnails.Worker.Media;

/// <summary>Detects Dolby Vision content that only Dolby Vision players show correctly.</summary>
internal static class DolbyVision
{
    // The other profiles have an HDR10, HLG or SDR base layer, which Dolby's metadata only refines.
    public static string? Warning(ProbeStream stream) => stream.SideData?.Any(data => data.DvProfile == 5) is true
        ? "The video is in Dolby Vision profile 5, whose colors cannot be converted: the colors of the picture are wrong."
        : null;
}
