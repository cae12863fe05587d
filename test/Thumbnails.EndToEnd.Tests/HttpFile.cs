using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>A .http file, as far as ours goes: titles, names, headers, bodies from files, and members of earlier responses.</summary>
/// <param name="path">The file.</param>
/// <param name="service">The value of the variable <c>service</c>.</param>
internal sealed partial class HttpFile(string path, string service)
{
    private readonly Dictionary<string, string> _blocks = File.ReadAllText(path).Split("### ").Skip(1).ToDictionary(block => block.Split('\n')[0]);
    private readonly Dictionary<string, JsonNode> _responses = [];

    public IReadOnlyCollection<string> Titles => _blocks.Keys;

    public async Task<(int Status, string Body)> SendAsync(string title, HttpClient http)
    {
        var parts = Variable().Replace(_blocks[title], Value).Split("\n\n", 2);
        var head = parts[0].Split('\n').Skip(1).Where(line => line.Length > 0 && line[0] != '#').ToArray();
        using var request = new HttpRequestMessage(new HttpMethod(head[0].Split(' ')[0]), head[0].Split(' ')[1]) { Content = await ContentAsync(parts.ElementAtOrDefault(1)?.Trim() ?? "") };
        foreach (var (name, value) in head.Skip(1).Select(line => (line.Split(": ")[0], line.Split(": ", 2)[1])))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.Add(name, value);
        }

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (Name().Match(parts[0]) is { Success: true } own)
            _responses[own.Groups[1].Value] = JsonNode.Parse(body)!;
        return ((int)response.StatusCode, body);
    }

    private async Task<ByteArrayContent?> ContentAsync(string body) =>
        body.Length == 0 ? null
        : body.StartsWith("< ", StringComparison.Ordinal) ? new(await File.ReadAllBytesAsync(Path.Combine(Path.GetDirectoryName(path)!, body[2..])))
        : new(Encoding.UTF8.GetBytes(body));

    private string Value(Match variable)
    {
        if (variable.Groups["name"].Value == "service")
            return service;
        var members = variable.Groups["path"].Value.Split('.');
        return (string)members.Aggregate(_responses[variable.Groups["name"].Value], (node, member) => node[member]!)!;
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)(\.response\.body\.\$\.(?<path>[\w.]+))?\}\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"# @name (\w+)")]
    private static partial Regex Name();
}
