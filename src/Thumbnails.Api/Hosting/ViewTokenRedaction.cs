using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Removes the secrets of storyboards from the paths in the log. ASP.NET adds the path to every line of a request, so this applies
/// to all of them.
/// </summary>
internal sealed partial class ViewTokenRedaction : ILogEventEnricher
{
    private const string Property = "RequestPath";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.GetValueOrDefault(Property) is ScalarValue { Value: string path } && Secret().IsMatch(path))
            logEvent.AddOrUpdateProperty(new LogEventProperty(Property, new ScalarValue(Secret().Replace(path, ".***"))));
    }

    // Also a part of a secret, in a URL that was not copied whole.
    [GeneratedRegex(@"(?<=/[0-9a-z]{26})\.[0-9a-f]{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
