using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Sources;

/// <summary>Opens videos at https URLs.</summary>
internal static class WebSource
{
    // A server without range requests makes us download the whole video to the disk.
    private const long MaxDownload = 2L << 30;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="JobFailedException">The URL cannot be read.</exception>
    public static async Task<VideoSource> OpenAsync(Uri url, CancellationToken cancellationToken)
    {
        var http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectTimeout });
        return await WebVideo.OpenAsync(http, url, cancellationToken) is { } video
            ? VideoSource.Of(video)
            : await DownloadAsync(http, url, cancellationToken);
    }

    private static async Task<VideoSource> DownloadAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        var copy = NamelessFile.CreateTemporary();
        try
        {
            await using var content = await http.GetStreamAsync(url, cancellationToken);
            await using var file = File.OpenWrite(copy.Path);
            var buffer = new byte[128 * 1024];
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                if (file.Length + count > MaxDownload)
                    throw new JobFailedException(JobErrorCode.VideoTooLarge, "The server does not support range requests, and the video is larger than 2 GiB. Use a server that supports them.");
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }

            return VideoSource.OfFile(copy);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            copy.Dispose();
            throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video cannot be read from its URL. Check the URL and its expiry.", exception.Message);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
