using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The id of a job: 26 characters of lowercase Crockford base32, ten for an inverted millisecond clock and sixteen for 80
/// random bits. Ordinal order is newest first, and so is a store's listing in key order.
/// It is a valid <c>clientToken</c> and <c>startedBy</c> of ECS.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<JobId>))]
public sealed record JobId : IParsable<JobId>
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int ClockLength = 10;
    private const int RandomLength = 16;
    private const long MaxClock = (1L << 50) - 1;

    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);
    private static readonly Lock Monotonic = new();
    private static long _lastClock = MaxClock;
    private static UInt128 _lastRandom;

    private readonly string _text;

    private JobId(string text) => _text = text;

    /// <summary>Creates an id that sorts before every earlier id of this process.</summary>
    /// <param name="clock">The clock.</param>
    public static JobId New(TimeProvider clock)
    {
        var inverted = MaxClock - clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (Monotonic)
        {
            // Within a millisecond, or when the clock steps back, count down from the last id to keep the order.
            if (inverted < _lastClock || _lastRandom == 0)
            {
                _lastClock = Math.Min(inverted, _lastClock);
                _lastRandom = RandomBits();
            }
            else
            {
                _lastRandom--;
            }

            return new JobId(Encode((UInt128)_lastClock, ClockLength) + Encode(_lastRandom, RandomLength));
        }
    }

    /// <summary>Parses an id; uppercase is not accepted, so that a job has only one id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out JobId? result)
    {
        result = s is { Length: ClockLength + RandomLength } && !s.AsSpan().ContainsAnyExcept(Digits) ? new JobId(s) : null;
        return result is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out JobId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a job id.</exception>
    public static JobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var id) ? id : throw new FormatException("The text is not a job id.");

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static UInt128 RandomBits()
    {
        Span<byte> bytes = stackalloc byte[10];
        RandomNumberGenerator.Fill(bytes);
        UInt128 bits = 0;
        foreach (var b in bytes)
        {
            bits = (bits << 8) | b;
        }

        return bits;
    }

    private static string Encode(UInt128 value, int length) => string.Create(length, value, static (chars, rest) =>
    {
        for (var i = chars.Length - 1; i >= 0; i--)
        {
            chars[i] = Alphabet[(int)(rest & 31)];
            rest >>= 5;
        }
    });
}
