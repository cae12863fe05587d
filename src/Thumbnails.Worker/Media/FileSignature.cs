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
        ("\u001f\u008b", "a gzip archive"),
        ("7z\u00bc\u00af", "a 7z archive"),
        ("Rar!", "a RAR archive"),
        ("II*\0", "a TIFF image"),
        ("MM\0*", "a TIFF image"),
        ("ID3", "an MP3 sound file"),
        ("\u00ff\u00fb", "an MP3 sound file"),
        ("\u00ff\u00f3", "an MP3 sound file"),
        ("\u00ff\u00f1", "an AAC sound file"),
        ("fLaC", "a FLAC sound file"),
    ];

    private const string ByteOrderMark = "\u00ef\u00bb\u00bf";

    /// <summary>Returns the kind of file, such as "a PNG image"; null when it is not one of these.</summary>
    public static async Task<string?> NameAsync(MediaInput input, CancellationToken cancellationToken)
    {
        var start = new byte[Length];
        int count;
        try
        {
            await using var stream = await OpenAsync(input, cancellationToken);
            count = await stream.ReadAtLeastAsync(start, Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or UnauthorizedAccessException)
        {
            return null;
        }

        return count == 0 ? "empty" : NameOf(Encoding.Latin1.GetString(start, 0, count));
    }

    private static string? NameOf(string start)
    {
        var text = (start.StartsWith(ByteOrderMark, StringComparison.Ordinal) ? start[ByteOrderMark.Length..] : start).TrimStart();
        var (form, kind) = start.Length >= 12 ? (start[..8], start[8..12]) : ("", "");
        return (form, kind) switch
        {
            (_, "WEBP") when form.StartsWith("RIFF", StringComparison.Ordinal) => "a WebP image or animation",
            (_, "WAVE") when form.StartsWith("RIFF", StringComparison.Ordinal) => "a WAVE sound file",
            (_, "heic" or "heix" or "mif1" or "avif") when form.EndsWith("ftyp", StringComparison.Ordinal) => "a HEIF or AVIF image",
            _ => Names.FirstOrDefault(name => text.StartsWith(name.Start, StringComparison.Ordinal)).Name
                ?? (text.All(character => char.IsAscii(character) && !char.IsControl(character) || char.IsWhiteSpace(character)) ? "a text file" : null),
        };
    }

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
