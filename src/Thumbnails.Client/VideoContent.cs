using System.Net;

namespace Thumbnails.Client;

/// <summary>A piece of a video as a request body. Reports its progress.</summary>
internal sealed class VideoContent(VideoSource source, long offset, long length, Action<int> sent) : HttpContent
{
    private const int BlockSize = 128 * 1024;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var (video, close) = source.OpenAt(offset);
        try
        {
            var block = new byte[(int)Math.Min(BlockSize, length)];
            for (long left = length; left > 0;)
            {
                var read = await video.ReadAsync(block.AsMemory(0, (int)Math.Min(block.Length, left)), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    throw new EndOfStreamException($"{source.Name} has become shorter.");
                await stream.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                left -= read;
                sent(read);
            }
        }
        finally
        {
            if (close)
                await video.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long contentLength)
    {
        contentLength = length;
        return true;
    }
}
