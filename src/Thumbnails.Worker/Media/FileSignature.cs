using System.Net.Http.Headers;
using System.Text;

namespace Thumbnails.Worker.Media;

/// <summary>
/// Identifies common files that are not videos by their first bytes, so that an error can state what was uploaded.
/// </summary>
internal static class FileSignature
{
    private const int Length = 16;

    private static readonly (string Start, string Name)[] Names =
    [
        ("#EXTM3U", "an HLS playlist"),
        ("<", "an XML or HTML document"),
        ("\u0089PNG", "a PNG image"),
        ("\u00ff\u00d8\u00ff", "a JPEG image"),
        ("%PDF", "a PDF document"),
        ("PK\u0003\u0004", "a ZIP archive"),
        ("ID3", "an MP3 sound file"),
        ("fLaC", "a FLAC sound file"),
    ];

    /// <summary>Returns the kind of file, such as "a PNG image"; null when it is not one of these.</summary>
    public static async Task<string?> NameAsync(MediaInput input, CancellationToken cancellationToken)
    {
        var start = new byte[Length];
        try
        {
            await using var stream = await OpenAsync(input, cancellationToken);
            await stream.ReadAtLeastAsync(start, Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UnauthorizedAccessException)
        {
            return null;
        }

        return NameOf(Encoding.Latin1.GetString(start));
    }

    private static string? NameOf(string start) => (start[..4], start[8..12]) switch
    {
        ("RIFF", "WEBP") => "a WebP image or animation",
        ("RIFF", "WAVE") => "a WAVE sound file",
        _ => Names.FirstOrDefault(name => start.StartsWith(name.Start, StringComparison.Ordinal)).Name,
    };

    private static async Task<Stream> OpenAsync(MediaInput input, CancellationToken cancellationToken)
    {
        if (input.Path is { } path)
            return File.OpenRead(path);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, input.Address) { Headers = { Range = new RangeHeaderValue(0, Length - 1) } };
        using var response = await client.SendAsync(request, cancellationToken);
        return new MemoryStream(await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
