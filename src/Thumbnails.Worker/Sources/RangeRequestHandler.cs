using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// Handles one request of ffmpeg, with the subset of HTTP/1.1 that it uses: GET with or without <c>Range: bytes=N-</c>.
/// </summary>
internal sealed partial class RangeRequestHandler(TcpClient client, BlockCache blocks, string path)
{
    private const int MaxRequest = 16 * 1024;

    // Every byte written must be fetched first, so a large buffer would fetch bytes that ffmpeg never reads.
    private const int SocketBuffer = 32 * 1024;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        client.SendBufferSize = SocketBuffer;
        var stream = client.GetStream();
        var request = await ReadRequestAsync(stream, cancellationToken);
        if (request is null || !request.StartsWith($"GET {path} ", StringComparison.Ordinal))
        {
            await WriteAsync(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cancellationToken);
            return;
        }

        var offset = RangePattern().Match(request) is { Success: true } match ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;
        await WriteAsync(stream, Header(offset), cancellationToken);
        for (var readOn = 0; offset < blocks.Length; readOn++)
        {
            var bytes = await blocks.ReadAsync(offset, readOn, cancellationToken);
            await stream.WriteAsync(bytes, cancellationToken);
            offset += bytes.Length;
        }
    }

    private string Header(long offset) => offset >= blocks.Length
        ? $"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{blocks.Length}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        : $"HTTP/1.1 206 Partial Content\r\nContent-Type: application/octet-stream\r\nAccept-Ranges: bytes\r\n"
          + $"Content-Range: bytes {offset}-{blocks.Length - 1}/{blocks.Length}\r\nContent-Length: {blocks.Length - offset}\r\nConnection: close\r\n\r\n";

    private static async Task<string?> ReadRequestAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxRequest];
        var length = 0;
        while (length < buffer.Length && await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var count)
        {
            length += count;
            var request = Encoding.ASCII.GetString(buffer, 0, length);
            if (request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
                return request;
        }

        return null;
    }

    private static ValueTask WriteAsync(NetworkStream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken);

    [GeneratedRegex(@"^Range: bytes=([0-9]{1,18})-\r$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RangePattern();
}
