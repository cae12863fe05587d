namespace Thumbnails.Worker.Media;

/// <summary>
/// The colours of a video in high dynamic range. Some files name the transfer function and leave out the rest, which then
/// is BT.2020: the tone mapping has to be told.
/// </summary>
/// <param name="TellsMatrix">Whether the file tells how YUV becomes RGB.</param>
/// <param name="TellsPrimaries">Whether it tells what red, green and blue are.</param>
internal sealed record HdrColors(bool TellsMatrix, bool TellsPrimaries)
{
    /// <summary>Null for a video in standard dynamic range.</summary>
    public static HdrColors? Of(ProbeStream stream) => stream.ColorTransfer is "smpte2084" or "arib-std-b67"
        ? new HdrColors(Tells(stream.ColorSpace), Tells(stream.ColorPrimaries))
        : null;

    private static bool Tells(string? name) => name is not (null or "unknown" or "reserved");
}
