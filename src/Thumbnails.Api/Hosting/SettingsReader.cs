using System.Globalization;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Reads settings by name and collects all errors, so that the program can report them together. A name in one of our sections
/// that nothing reads is an error too, because it is a misspelling.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private static readonly string[] RoleVariables =
    [
        "AWS_SESSION_TOKEN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Whether the program runs in AWS Lambda, where neither files nor child processes outlive a request.</summary>
    public bool IsInLambda => Text(LambdaHosting.FunctionName) is not null;

    /// <summary>Whether AWS credentials expire: those of a role, not the keys of a user.</summary>
    public bool HasRoleCredentials => IsInLambda || RoleVariables.Any(name => Text(name) is not null);

    public string? Text(string name)
    {
        _known.Add(name);
        return configuration[name] is { Length: > 0 } value ? value : null;
    }

    public string Required(string name)
    {
        if (Text(name) is { } text)
            return text;
        Fault(name, "must be given");
        return "";
    }

    public long Whole(string name, long fallback, long min, long max)
    {
        if (Text(name) is not { } text)
            return fallback;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        Fault(name, $"must be a whole number from {min} to {max}");
        return fallback;
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (bool.TryParse(text, out var value))
            return value;
        Fault(name, "must be true or false");
        return null;
    }

    public T OneOf<T>(string name, T fallback)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return fallback;
        foreach (var member in Enum.GetValues<T>())
        {
            if (text.Equals(member.ToString(), StringComparison.OrdinalIgnoreCase))
                return member;
        }

        Fault(name, $"must be one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");
        return fallback;
    }

    /// <summary>Rejects settings of a mode that is not selected, because they suggest that it was meant to be.</summary>
    public void Refuse(string fault, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Text(name) is not null)
                Fault(name, fault);
        }
    }

    public void Fault(string name, string fault) => _faults.Add($"{name} {fault}");

    public void RefuseUnknown(params ReadOnlySpan<string> sections)
    {
        foreach (var section in sections)
        {
            foreach (var (name, value) in configuration.GetSection(section).AsEnumerable())
            {
                if (name != section && !string.IsNullOrEmpty(value) && !_known.Contains(name))
                    Fault(name, "is not a setting");
            }
        }
    }
}

/// <summary>The settings are not valid; each line names a setting and its error.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults));
