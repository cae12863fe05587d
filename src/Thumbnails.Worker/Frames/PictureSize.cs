using System.Globalization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// The filters that give a picture its size, as expressions over the frame that arrives (<c>iw</c>, <c>ih</c>, <c>sar</c>)
/// so that they hold before anything is known of the video. The result has square pixels: a frame counts as
/// <c>iw·sar</c> by <c>ih</c>.
/// </summary>
internal static class PictureSize
{
    private const string SquareWidth = "(iw*sar)";

    /// <summary>The <c>scale</c> filter's width and height.</summary>
    public static string Scale(FrameRequest request)
    {
        if (request is { Fit: Fit.Fill, Width: { } width, Height: { } height })
            return $"w='{Limited(Text(width), SquareWidth, request)}':h='{Limited(Text(height), "ih", request)}'";
        var factor = Limited(Factor(request), "1", request);
        return $"w='max(1,round({SquareWidth}*{factor}))':h='max(1,round(ih*{factor}))'";
    }

    /// <summary>What is cut off after scaling; null for nothing.</summary>
    public static string? Crop(FrameRequest request) =>
        request is { Fit: Fit.Cover, Width: { } width, Height: { } height }
            ? $"crop=w='min(iw,max(1,round(ih*{width}/{height})))':h='min(ih,max(1,round(iw*{height}/{width})))':exact=1"
            : null;

    private static string Factor(FrameRequest request)
    {
        var byWidth = $"{request.Width}/{SquareWidth}";
        var byHeight = $"{request.Height}/ih";
        return (request.Width, request.Height) switch
        {
            (null, null) => "1",
            (_, null) => byWidth,
            (null, _) => byHeight,
            _ => $"{(request.Fit == Fit.Cover ? "max" : "min")}({byWidth},{byHeight})",
        };
    }

    private static string Limited(string wanted, string limit, FrameRequest request) =>
        request.Enlarge || wanted == limit ? wanted : $"min({limit},{wanted})";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
