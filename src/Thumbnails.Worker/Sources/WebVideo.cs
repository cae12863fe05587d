using System.Net;
using System.Net.Http.Headers;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Sources;

/// <summary>A video behind an https address, read in pieces.</summary>
internal sealed class WebVideo : IRangedObject
{
    private const int Attempts = 3;

    private readonly HttpClient _http;
    private readonly Uri _url;
    private readonly EntityTagHeaderValue? _eTag;

    private WebVideo(HttpClient http, Uri url, long length, EntityTagHeaderValue? eTag) => (_http, _url, Length, _eTag) = (http, url, length, eTag);

    public long Length { get; }

    /// <summary>Opens the video; null when its server only gives all of it.</summary>
    /// <exception cref="JobFailedException">The server does not answer as it should.</exception>
    public static async Task<WebVideo?> OpenAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(url, 0, 1);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return answer is { StatusCode: HttpStatusCode.PartialContent, Content.Headers.ContentRange.Length: { } length }
                ? new WebVideo(http, url, length, answer.Headers.ETag is { IsWeak: false } eTag ? eTag : null)
                : null;
        }
        catch (HttpRequestException exception)
        {
            throw new JobFailedException(JobErrorCode.VideoUnreadable, "The address of the video does not give it.", exception.Message);
        }
    }

    public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(offset, count, cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or HttpRequestException)
            {
                if (attempt == Attempts)
                    throw new StorageException("The address of the video stopped giving it.", exception);
            }
        }
    }

    private async Task<byte[]> ReadOnceAsync(long offset, int count, CancellationToken cancellationToken)
    {
        using var request = Request(_url, offset, count);
        if (_eTag is not null)
            request.Headers.IfMatch.Add(_eTag);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.PartialContent)
            throw new HttpRequestException($"status {(int)answer.StatusCode}");
        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[count];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static HttpRequestMessage Request(Uri url, long offset, int count) =>
        new(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(offset, offset + count - 1) } };
}
