using System.Globalization;
using System.Text.RegularExpressions;

namespace Thumbnails.Worker.Media;

/// <summary>
/// The frames that ffmpeg's <c>showinfo</c> filters report on standard error. A file can make ffmpeg print arbitrary lines there
/// (a title with line breaks is enough), so the names of the filters contain a random mark. A line without it is not a report.
/// </summary>
internal sealed partial class FrameReport(ProbedVideo video)
{
    private const double MpegClock = 90_000;

    // Errors appear a few frames before the frame that they belong to.
    private const int KeptBeforeWhole = 4;

    // Before the first frame, its demuxer also reports damage where it looks for the end of the file and for the time of a seek.
    private const string Ogg = "[ogg ";

    // Random, too. RandomNumberGenerator would load OpenSSL, which takes 3 ms.
    private readonly string _mark = Guid.NewGuid().ToString("N");
    private readonly List<Sighting> _decoded = [];
    private readonly List<Sighting> _encoded = [];
    private readonly HashSet<TimeSpan> _corruptPackets = [];
    private int _errors;

    /// <summary>The decoded frames, in order of presentation.</summary>
    public IReadOnlyList<Sighting> Decoded => _decoded;

    /// <summary>The encoded frames, as they entered the encoder.</summary>
    public IReadOnlyList<Sighting> Encoded => _encoded;

    /// <summary>The decoding times of the packets that lost data, according to the demuxer.</summary>
    public IReadOnlyCollection<TimeSpan> CorruptPackets => _corruptPackets;

    /// <summary>How many of the encoded frames have been reported whole, with their colors.</summary>
    public int CompleteFrames { get; private set; }

    /// <summary>
    /// Whether ffmpeg has reported that a part of the file is missing or is not video. Other errors may be those of a seek into the
    /// middle of the video.
    /// </summary>
    public bool HasLostData { get; private set; }

    /// <summary>The number of decoding errors.</summary>
    public int Errors => _errors;

    /// <summary>Whether ffmpeg reported errors.</summary>
    public bool HasErrors => HasLostData || _errors > 0 || _corruptPackets.Count > 0;

    /// <summary>
    /// Drops what no longer matters for frames after a time, which bounds the memory of a long run: all but the few frames before
    /// the last whole one.
    /// </summary>
    public void Forget(TimeSpan time)
    {
        var whole = _decoded.FindLastIndex(frame => frame.Time <= time && frame.IsWhole);
        if (whole > KeptBeforeWhole)
            _decoded.RemoveRange(0, whole - KeptBeforeWhole);
    }

    /// <summary>The filter that reports decoded frames; their times are in microseconds.</summary>
    public string DecodedFilter => $"settb=AVTB,showinfo@decoded{_mark}=checksum=0";

    /// <summary>The filter that reports frames on their way to the encoder; their times are in microseconds.</summary>
    public string EncodedFilter => $"settb=AVTB,showinfo@encoded{_mark}=checksum=0";

    /// <summary>Reads a line of standard error. Returns false if it is not a report.</summary>
    public bool TryAdd(string line)
    {
        if (Line().Match(line) is not { Success: true } match || !match.Groups["mark"].ValueSpan.SequenceEqual(_mark))
        {
            AddError(line);
            HasLostData |= LostData().IsMatch(line);
            return false;
        }

        var frames = match.Groups["place"].Value == "decoded" ? _decoded : _encoded;
        var text = match.Groups["text"].Value;
        if (Frame().Match(text) is { Success: true } frame)
            frames.Add(SightingOf(frame));
        else if (Colors().Match(text) is { Success: true } colors && frames is [.., var last])
        {
            frames[^1] = last with { Traits = last.Traits with { Colors = TagsOf(colors) } };
            CompleteFrames = frames == _encoded ? frames.Count : CompleteFrames;
        }

        return true;
    }

    private void AddError(string line)
    {
        if (DecodingError().IsMatch(line))
            _errors += line.StartsWith(Ogg, StringComparison.Ordinal) && _decoded.Count == 0 ? 0 : 1;
        else if (CorruptPacket().Match(line) is { Success: true } packet
            && int.Parse(packet.Groups["stream"].ValueSpan, CultureInfo.InvariantCulture) == video.StreamIndex)
            _corruptPackets.Add(TimeSpan.FromSeconds(long.Parse(packet.Groups["dts"].ValueSpan, CultureInfo.InvariantCulture) / MpegClock));
    }

    private Sighting SightingOf(Match frame)
    {
        var (horizontal, vertical) = (Number("sarx"), Number("sary"));
        return new Sighting(
            TimeSpan.FromMicroseconds(Number("pts")),
            // Simple codecs have no frame types ("?").
            frame.Groups["key"].Value == "1" || frame.Groups["type"].Value is "I" or "?",
            _errors,
            video.Traits with
            {
                Colors = ColorTags.None,
                Width = (int)Number("width"),
                Height = (int)Number("height"),
                PixelAspect = horizontal > 0 && vertical > 0 ? (double)horizontal / vertical : 1,
                PixelFormat = frame.Groups["format"].Value,
                IsInterlaced = frame.Groups["field"].Value is "T" or "B",
            });

        long Number(string group) => long.Parse(frame.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    // The decoder of VP8 sets a matrix and a range, which VP8 does not have. Those of the container are right.
    private ColorTags TagsOf(Match colors) => video.Info.Codec == "vp8"
        ? video.Traits.Colors.IsComplete ? video.Traits.Colors : ColorTags.None
        : ColorTags.Of(colors.Groups["matrix"].Value, colors.Groups["primaries"].Value, colors.Groups["transfer"].Value, colors.Groups["range"].Value);

    [GeneratedRegex(@"\A\[showinfo@(?<place>decoded|encoded)(?<mark>[0-9a-f]{32}) @ [^]]*\] \[info\] (?<text>.*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    // Only a broken file has times that exceed a TimeSpan.
    [GeneratedRegex(@"\An: *[0-9]+ pts: *(?<pts>-?[0-9]{1,17}) .* fmt:(?<format>\w+) .*sar:(?<sarx>[0-9]{1,10})/(?<sary>[0-9]{1,10}) s:(?<width>[0-9]{1,7})x(?<height>[0-9]{1,7}) i:(?<field>.) iskey:(?<key>.) type:(?<type>.) ", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    [GeneratedRegex(@"\Acolor_range:(?<range>\S+) color_space:(?<matrix>\S+) color_primaries:(?<primaries>\S+) color_trc:(?<transfer>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Colors();

    // Demuxers and ffmpeg report where a file is cut off, and data that is not what it should be. A decoder reports invalid data also
    // after a seek to where it cannot start, as coarse indexes cause.
    [GeneratedRegex(@"\A(?!.*(Error while decoding stream|Error submitting packet to decoder)).*(partial file|ended prematurely|orrupt input packet|EBML number|exceeds containing master element|Packet mismatch|Invalid data found when processing input|Error during demuxing)", RegexOptions.CultureInvariant)]
    private static partial Regex LostData();

    // Decoders report what they had to conceal (FFV1: a wrong checksum; MJPEG: a count), ffmpeg the packets that they refused, and the
    // demuxer of Ogg the pages that it dropped.
    [GeneratedRegex(@" concealing [0-9]+ DC|corrupt decoded frame|Could not find ref with POC|first frame is no keyframe|CRC mismatch|\] error count: [1-9]|Error while decoding stream|Error submitting packet to decoder", RegexOptions.CultureInvariant)]
    private static partial Regex DecodingError();

    [GeneratedRegex(@"Packet corrupt \(stream = (?<stream>[0-9]{1,3}), dts = (?<dts>[0-9]{1,17})\)", RegexOptions.CultureInvariant)]
    private static partial Regex CorruptPacket();
}

/// <summary>A frame that passed a reporting filter.</summary>
/// <param name="Time">The presentation time, on the file's own clock.</param>
/// <param name="IsWhole">Whether it depends on no other frame.</param>
/// <param name="Errors">The number of decoding errors until then.</param>
/// <param name="Traits">The properties of the frame.</param>
internal sealed record Sighting(TimeSpan Time, bool IsWhole, int Errors, FrameTraits Traits);
