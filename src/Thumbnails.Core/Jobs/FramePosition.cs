using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The requested position of a frame: a time from the start of the video, a percentage of its duration, or <c>auto</c> (a
/// representative frame). Written as <c>8</c>, <c>8.5</c>, <c>00:08</c>, <c>1:02:03.250</c>, <c>50%</c> or <c>auto</c>.
/// Times are whole microseconds, which is the precision that media tools print.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<FramePosition>))]
public sealed partial record FramePosition : IParsable<FramePosition>
{
    private readonly string _text;

    private FramePosition(string text) => _text = text;

    /// <summary>The time from the start of the video; null for a percentage or <c>auto</c>.</summary>
    public TimeSpan? Time { get; private init; }

    /// <summary>The percentage of the duration, 0 to 100; null for a time or <c>auto</c>.</summary>
    public decimal? Percent { get; private init; }

    /// <summary>Whether a representative frame was requested.</summary>
    public bool IsAuto => Time is null && Percent is null;

    /// <summary>A position at the given time.</summary>
    public static FramePosition At(TimeSpan time) =>
        Parse(((decimal)time.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture));

    /// <summary>Parses a position; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out FramePosition? position, [NotNullWhen(false)] out string? error)
    {
        position = null;
        error = null;
        if (text == "auto")
            position = new FramePosition(text);
        else if (text is not null && PercentPattern().Match(text) is { Success: true } percent)
            error = ParsePercent(text, percent, out position);
        else if (text is not null && TimePattern().Match(text) is { Success: true } time)
            error = ParseTime(text, time, out position);
        else
            error = text?.StartsWith('-') is true ? "must not be negative" : "must be seconds (8.5), a time (00:08 or 1:02:03.250), a percentage (50%) or auto";
        return error is null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out FramePosition result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static FramePosition Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var position, out var error) ? position : throw new FormatException($"The position {error}.");

    /// <summary>Returns the time of this position in a video of the given duration; null for <c>auto</c>.</summary>
    public TimeSpan? In(TimeSpan duration) => Percent is { } percent ? ToTime(percent / 100 * (decimal)duration.TotalSeconds) : Time;

    /// <summary>The position as it was written.</summary>
    public override string ToString() => _text;

    private static string? ParsePercent(string text, Match match, out FramePosition? position)
    {
        var percent = Number(match.Groups["number"]);
        position = percent <= 100 ? new FramePosition(text) { Percent = percent } : null;
        return position is null ? "must be at most 100%" : null;
    }

    private static string? ParseTime(string text, Match match, out FramePosition? position)
    {
        var (hours, minutes, seconds) = (match.Groups["hours"], match.Groups["minutes"], Number(match.Groups["seconds"]));
        position = null;
        if (minutes.Success && seconds >= 60)
            return "must have less than 60 seconds after the colon";
        if (hours.Success && Number(minutes) >= 60)
            return "must have less than 60 minutes after the colon";
        position = new FramePosition(text) { Time = ToTime((Number(hours) * 60 + Number(minutes)) * 60 + seconds) };
        return null;
    }

    private static decimal Number(Group group) => group.Success ? decimal.Parse(group.ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : 0;

    private static TimeSpan ToTime(decimal seconds) =>
        TimeSpan.FromMicroseconds((long)Math.Round(seconds * 1_000_000, MidpointRounding.AwayFromZero));

    [GeneratedRegex(@"\A(?<number>[0-9]{1,3}(\.[0-9]{1,20})?)%\z", RegexOptions.CultureInvariant)]
    private static partial Regex PercentPattern();

    // A colon is always followed by two digits, because "1:5" could mean five seconds or fifty.
    [GeneratedRegex(
        @"\A(((?<hours>[0-9]{1,4}):(?<minutes>[0-9]{2})|(?<minutes>[0-9]{1,6})):(?<seconds>[0-9]{2}(\.[0-9]{1,20})?)|(?<seconds>[0-9]{1,9}(\.[0-9]{1,20})?))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();
}
