using System.Diagnostics;

namespace Amazon.Lambda.Internal.Runtime;

/// <summary>
/// Makes the trace in the X-Ray header the current activity, so that logs carry its ID:
/// <c>Root=1-5759e988-bd862e3fe1be46a994272793</c> becomes 5759e988bd862e3fe1be46a994272793.
/// <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader"/>
/// </summary>
internal static class XRayTrace
{
    public static Activity? Start(string header)
    {
        var root = Field(header, "Root=");
        if (root.Length != 35 || !root.StartsWith("1-") || root[10] != '-')
            return null;
        var trace = string.Concat(root[2..10], root[11..]);
        if (!IsHex(trace))
            return null;

        var parent = Field(header, "Parent=");
        return new Activity("Lambda")
            .SetParentId(
                ActivityTraceId.CreateFromString(trace),
                parent.Length == 16 && IsHex(parent) ? ActivitySpanId.CreateFromString(parent) : default,
                Field(header, "Sampled=") is "1" ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None)
            .Start();
    }

    private static ReadOnlySpan<char> Field(string header, string name)
    {
        foreach (var range in header.AsSpan().Split(';'))
        {
            var field = header.AsSpan()[range].Trim();
            if (field.StartsWith(name))
                return field[name.Length..];
        }

        return default;
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigitLower(character))
                return false;
        }

        return true;
    }
}
