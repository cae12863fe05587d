using System.Net;
using System.Net.Http.Headers;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Sources;

/// <summary>A video at an https URL, read with range requests.</summary>
internal sealed class WebVideo : IRangedObject
{
    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly EntityTagHeaderValue? _eTag;

    private WebVideo(HttpClient http, Uri url, long length, EntityTagHeaderValue? eTag) => (_http, _url, Length, _eTag) = (http, url, length, eTag);

    public long Length { get; }

    /// <summary>Opens the video. Returns null when the server does not support range requests.</summary>
    /// <exception cref="JobFailedException">The URL cannot be read.</exception>
    public static async Task<WebVideo?> OpenAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(url, 0, 1);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            return response is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange.Length: { } length }
                ? new WebVideo(http, url, length, response.Headers.ETag is { IsWeak: false } eTag ? eTag : null)
                : null;
        }
        catch (HttpRequestException exception)
        {
            throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video cannot be read from its URL. Check the URL and its expiry.", exception.Message);
        }
    }

    public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        try
        {
            return await InterruptedRead.RetryAsync(() => ReadOnceAsync(offset, count, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new StorageException("The video could not be read from its URL to the end.", exception);
        }
    }

    private async Task<byte[]> ReadOnceAsync(long offset, int count, CancellationToken cancellationToken)
    {
        using var request = Request(_url, offset, count);
        if (_eTag is not null)
            request.Headers.IfMatch.Add(_eTag);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.PartialContent)
            throw new HttpRequestException($"status {(int)response.StatusCode}");
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[count];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static HttpRequestMessage Request(Uri url, long offset, int count) =>
        new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(offset, offset + count - 1) } };
}
