using System.Globalization;
using System.Text.RegularExpressions;

namespace Thumbnails.Worker.Media;

/// <summary>
/// What ffmpeg prints of its input before it begins, read as it comes. Most jobs need to know no more of a video, and are
/// spared a run of ffprobe, whose start alone may take a third of the time of an extraction. As it is printed for people,
/// whatever is not understood is left to ffprobe, and so are the digits that it leaves out.
/// </summary>
internal sealed partial class InputHeader
{
    private const int MaxLines = 4_000;
    private const string End = "Stream mapping:";

    private readonly TaskCompletionSource<ProbedVideo?> _video = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    /// <summary>The video, its duration to hundredths of a second; null when ffprobe has to be asked.</summary>
    public Task<ProbedVideo?> Video => _video.Task;

    public void Add(string line)
    {
        if (_video.Task.IsCompleted)
            return;
        if (line == End)
            _video.TrySetResult(Read(_lines));
        else if (_lines.Count < MaxLines)
            _lines.Add(line);
        else
            Close();
    }

    /// <summary>There will be no more lines.</summary>
    public void Close() => _video.TrySetResult(null);

    private static ProbedVideo? Read(IReadOnlyList<string> lines)
    {
        var output = new ProbeOutput();
        var streams = new Dictionary<int, ProbeStream>();
        ProbeStream? stream = null;
        foreach (var line in lines)
        {
            if (InputLine().Match(line) is { Success: true } input)
                output = output with { Format = new ProbeFormat { FormatName = input.Groups["format"].Value } };
            else if (output.Format is { } format && DurationLine().Match(line) is { Success: true } duration)
                output = output with { Format = format with { Duration = Seconds(duration) } };
            else if (StreamLine().Match(line) is { Success: true } header)
                stream = StreamOf(header);
            else if (stream is not null)
                stream = WithDetail(stream, line);
            if (stream is not null)
                streams[stream.Index] = stream;
        }

        try
        {
            return output.Format is null ? null : VideoProbe.Read(output with { Streams = [.. streams.Values.OrderBy(each => each.Index)] });
        }
        catch (JobFailedException)
        {
            return null;
        }
    }

    private static ProbeStream StreamOf(Match line)
    {
        var text = line.Groups["fields"].Value;
        var stream = new ProbeStream
        {
            Index = Whole(line, "index"),
            CodecType = line.Groups["type"].Value == "Video" ? "video" : "",
            Disposition = new ProbeDisposition
            {
                Default = Flag("(default)"),
                AttachedPic = Flag("(attached pic)"),
                TimedThumbnails = Flag("(timed thumbnails)"),
            },
        };
        // As in: h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709, progressive), 1280x720 [SAR 1:1 DAR 16:9], 1205 kb/s,
        // 29.97 fps, 29.97 tbr, 30k tbn (default)
        if (Split(text) is not [var codec, var format, var size, .. var rest] || Size().Match(size) is not { Success: true } pixels)
            return stream;
        var details = format.Split('(', 2) is [_, [.. var inner, ')']] ? inner.Split(", ") : [];
        // Where all three are the same only one is printed; in high dynamic range they never are.
        var colors = details.Select(detail => detail.Split('/')).FirstOrDefault(names => names.Length == 3);
        return stream with
        {
            CodecName = codec.Split(' ')[0] is not ("none" or "unknown") and var name ? name : null,
            PixFmt = format.Split('(')[0],
            Width = Whole(pixels, "width"),
            Height = Whole(pixels, "height"),
            AvgFrameRate = rest.Select(FrameRate).FirstOrDefault(rate => rate is not null),
            FieldOrder = details.Select(FieldOrder).FirstOrDefault(order => order is not null),
            ColorSpace = colors?[0],
            ColorPrimaries = colors?[1],
            ColorTransfer = colors?[2],
        };

        int Flag(string name) => text.Contains(name, StringComparison.Ordinal) ? 1 : 0;
    }

    // At the commas that are in no brackets.
    private static List<string> Split(string text)
    {
        var (fields, start, depth) = (new List<string>(), 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth > 0 || text[i] != ',')
                continue;
            fields.Add(text[start..i].Trim());
            start = i + 1;
        }

        fields.Add(text[start..].Trim());
        return fields;
    }

    private static ProbeStream WithDetail(ProbeStream stream, string line)
    {
        if (AlphaLine().IsMatch(line))
            return stream with { Tags = new ProbeTags { AlphaMode = "1" } };
        return RotationLine().Match(line) is { Success: true } rotation
            ? stream with { SideData = [new ProbeSideData { Rotation = double.Parse(rotation.Groups["degrees"].ValueSpan, CultureInfo.InvariantCulture) }] }
            : stream;
    }

    private static string Seconds(Match duration) =>
        (Whole(duration, "hours") * 3600m + Whole(duration, "minutes") * 60m + decimal.Parse(duration.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture))
        .ToString(CultureInfo.InvariantCulture);

    private static int Whole(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // Two digits are printed of it. The rates that need more are those of NTSC: 23.98 is 24000/1001.
    private static string? FrameRate(string field)
    {
        if (!field.EndsWith(" fps", StringComparison.Ordinal)
            || !double.TryParse(field.AsSpan()[..^4], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var printed))
            return null;
        var whole = Math.Round(printed);
        return Math.Abs(whole * 1000 / 1001 - printed) < 0.005
            ? string.Create(CultureInfo.InvariantCulture, $"{whole * 1000}/1001")
            : string.Create(CultureInfo.InvariantCulture, $"{printed}/1");
    }

    private static string? FieldOrder(string printed) => printed switch
    {
        "top first" => "tt",
        "bottom first" => "bb",
        "top coded first (swapped)" => "tb",
        "bottom coded first (swapped)" => "bt",
        _ => null,
    };

    [GeneratedRegex(@"\AInput #0, (?<format>\S+), from '", RegexOptions.CultureInvariant)]
    private static partial Regex InputLine();

    [GeneratedRegex(@"\A  Duration: (?<hours>[0-9]{1,9}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2}\.[0-9]{2}), ", RegexOptions.CultureInvariant)]
    private static partial Regex DurationLine();

    [GeneratedRegex(@"\A {2,4}Stream #0:(?<index>[0-9]{1,4})(\[0x[0-9a-f]+\])?(\(\w+\))?: (?<type>\w+): (?<fields>.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex StreamLine();

    [GeneratedRegex(@"\A(?<width>[0-9]{1,7})x(?<height>[0-9]{1,7})( |\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@"\A +alpha_mode +: 1\z", RegexOptions.CultureInvariant)]
    private static partial Regex AlphaLine();

    [GeneratedRegex(@"\A +(displaymatrix|Display Matrix): rotation of (?<degrees>-?[0-9]+(\.[0-9]+)?) degrees\z", RegexOptions.CultureInvariant)]
    private static partial Regex RotationLine();
}
