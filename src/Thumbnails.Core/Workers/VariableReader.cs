using System.Diagnostics.CodeAnalysis;

namespace Thumbnails.Core.Workers;

/// <summary>Reads variables and collects their errors. An empty variable counts as not set.</summary>
internal sealed class VariableReader(Func<string, string?> variables)
{
    private readonly List<string> _faults = [];

    public delegate bool Parser<T>(string? text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error)
        where T : class;

    public IReadOnlyList<string> Faults => _faults;

    public bool IsSet(string name) => Optional(name) is not null;

    public string? Optional(string name) => variables(name) is { Length: > 0 } value ? value : null;

    public T? Required<T>(string name, Parser<T> parser)
        where T : class
    {
        if (Optional(name) is not { } text)
            return Fault<T>(name, "must be given");
        return parser(text, out var value, out var error) ? value : Fault<T>(name, error);
    }

    public T? Parsed<T>(string name, string expectation)
        where T : class, IParsable<T> =>
        T.TryParse(Optional(name), null, out var value) ? value : Fault<T>(name, expectation);

    public T? Fault<T>(string name, string fault)
        where T : class
    {
        _faults.Add($"{name} {fault}");
        return null;
    }
}
