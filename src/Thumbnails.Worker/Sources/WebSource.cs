using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Sources;

/// <summary>Opens videos behind https addresses.</summary>
internal static class WebSource
{
    // Where a server cannot give a part of a video, all of it has to fit on the disk.
    private const long MaxDownload = 2L << 30;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="JobFailedException">The address does not give a video.</exception>
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
                    throw new JobFailedException(JobErrorCode.VideoTooLarge, "The server gives only all of the video, and that is too large.");
                await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }

            return VideoSource.OfFile(copy);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            copy.Dispose();
            throw new JobFailedException(JobErrorCode.VideoUnreadable, "The address of the video does not give it.", exception.Message);
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }
}
