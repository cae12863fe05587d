using System.Globalization;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Jobs;

/// <summary>The request headers that jobs understand.</summary>
internal static class RequestHeaders
{
    private const int MaxWaitSeconds = 25;

    // To look at the job once more, and to answer.
    private const int AnswerSeconds = 3;

    /// <summary>
    /// How long the client is ready to wait (RFC 7240, <c>Prefer: wait=N</c>), at most 25 seconds, and in Lambda no longer
    /// than the function may run; null when it did not say. A preference that cannot be read is ignored, as the RFC wants.
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

    /// <summary>Tells the client which wait was granted.</summary>
    public static void ApplyWait(this HttpResponse response, TimeSpan? wait)
    {
        if (wait is { } granted)
            response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)granted.TotalSeconds}");
    }

    /// <summary>The key, as this caller's own: two callers may choose the same.</summary>
    /// <exception cref="ApiException">The key is empty, too long, or not visible ASCII.</exception>
    public static string? IdempotencyKey(this HttpRequest request)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var values))
            return null;
        const string fault = "must be one value of 1 to 255 visible ASCII characters";
        // Some servers take a comma for the end of a value, and others do not.
        var key = string.Join(',', (IEnumerable<string?>)values);
        return key.Length is >= 1 and <= Idempotency.MaxKeyLength && key.All(character => character is > ' ' and <= '~')
            ? $"{request.HttpContext.Caller()}\n{key}"
            : throw new ApiException(RequestErrorCode.ValidationFailed, $"Idempotency-Key {fault}.")
            {
                Errors = new Dictionary<string, string[]> { ["Idempotency-Key"] = [fault] },
            };
    }
}
