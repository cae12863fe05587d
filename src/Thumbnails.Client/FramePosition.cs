using System.Globalization;

namespace Thumbnails.Client;

/// <summary>
/// A position in a video: seconds (<c>8.5</c>), a <see cref="TimeSpan"/>, or text (<c>"00:08"</c>, <c>"1:02:03.250"</c>,
/// <c>"50%"</c>, <c>"auto"</c>).
/// </summary>
/// <param name="Text">The position as the service reads it.</param>
public readonly record struct FramePosition(string Text)
{
    /// <summary>A representative frame that is not black.</summary>
    public static FramePosition Auto => new("auto");

    /// <summary>A position in any form that the service reads.</summary>
    public static implicit operator FramePosition(string text) => new(text);

    /// <summary>A position in seconds.</summary>
    public static implicit operator FramePosition(double seconds) => FromSeconds((decimal)seconds);

    /// <summary>A position as a time.</summary>
    public static implicit operator FramePosition(TimeSpan time) => FromSeconds((decimal)time.TotalSeconds);

    /// <inheritdoc />
    public override string ToString() => Text;

    // A decimal is never written with an exponent.
    private static FramePosition FromSeconds(decimal seconds) => new(seconds.ToString(CultureInfo.InvariantCulture));
}
