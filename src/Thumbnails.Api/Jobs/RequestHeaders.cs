using System.Globalization;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Jobs;

/// <summary>Reads the request headers of job endpoints.</summary>
internal static class RequestHeaders
{
    private const int MaxWaitSeconds = 25;

    // The time to load the job once more and to respond.
    private const int AnswerSeconds = 3;

    /// <summary>
    /// Returns how long the client will wait (RFC 7240, <c>Prefer: wait=N</c>): at most 25 seconds, and in Lambda no longer than the
    /// function may run; null without the header. An invalid preference is ignored, as the RFC requires.
    /// </summary>
    public static TimeSpan? PreferredWait(this HttpRequest request)
    {
        foreach (var preference in request.Headers.GetCommaSeparatedValues("Prefer"))
        {
            var parts = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is [var name, var value]
                && name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return TimeSpan.FromSeconds(Math.Min(seconds, LongestWait(request.HttpContext.TimeLeft())));
            }
        }

        return null;
    }

    private static int LongestWait(TimeSpan? timeLeft) => timeLeft is { } left
        ? (int)Math.Clamp(left.TotalSeconds - AnswerSeconds, 0, MaxWaitSeconds)
        : MaxWaitSeconds;

    /// <summary>Reports the granted wait to the client.</summary>
    public static void ApplyWait(this HttpResponse response, TimeSpan? wait)
    {
        if (wait is { } granted)
            response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)granted.TotalSeconds}");
    }

    /// <summary>Returns the key, scoped to the caller, because two callers may choose the same one.</summary>
    /// <exception cref="ApiException">The key is empty, too long, or not visible ASCII.</exception>
    public static string? IdempotencyKey(this HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
            return null;
        const string fault = "must be one value of 1 to 255 visible ASCII characters";
        // Servers differ in whether a comma separates values.
        var key = string.Join(',', (IEnumerable<string?>)values);
        return key.Length is >= 1 and <= Idempotency.MaxKeyLength && key.All(character => character is > ' ' and <= '~')
            ? $"{request.HttpContext.Caller()}\n{key}"
            : throw new ApiException(RequestErrorCode.ValidationFailed, $"Idempotency-Key {fault}.")
            {
                Errors = new Dictionary<string, string[]> { ["Idempotency-Key"] = [fault] },
            };
    }
}
