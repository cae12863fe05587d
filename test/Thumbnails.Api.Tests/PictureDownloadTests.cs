using System.Net;
using System.Net.Http.Headers;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

/// <summary>Downloads of pictures from the presigned URLs of a file store.</summary>
public sealed class PictureDownloadTests : IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_picture_supports_range_requests()
    {
        var store = _service.Get<IObjectStore>();
        var key = ObjectKey.Parse("thumbnails/a b.png");
        using (var content = new MemoryStream("0123456789"u8.ToArray()))
            await store.PutAsync(key, content, "image/png", PutCondition.None, null, default);
        var url = new Uri(_service.Client.BaseAddress!, (await store.PresignDownloadAsync(key, TimeSpan.FromMinutes(1), default)).Url);

        using var whole = await _service.Client.GetAsync(url);
        Assert.Equal("0123456789", await whole.Content.ReadAsStringAsync());
        Assert.Equal("image/png", whole.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", whole.Headers.GetValues("X-Content-Type-Options").Single());

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(3, 5) } };
        using var part = await _service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("345", await part.Content.ReadAsStringAsync());

        using var head = await _service.SendAsync(HttpMethod.Head, url.AbsoluteUri);
        Assert.Equal(10, head.Content.Headers.ContentLength);
        Assert.Equal("bytes", head.Headers.AcceptRanges.Single());

        await store.DeleteAsync(key, default);
        using var gone = await _service.Client.GetAsync(url);
        Assert.Equal("not_found", await gone.ProblemAsync(404));
    }

    [Fact]
    public async Task A_picture_replaced_during_a_download_is_sent_whole()
    {
        var store = _service.Get<IObjectStore>();
        var key = ObjectKey.Parse("thumbnails/replaced.png");
        await PutAsync(0);
        var url = new Uri(_service.Client.BaseAddress!, (await store.PresignDownloadAsync(key, TimeSpan.FromMinutes(1), default)).Url);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 200; i++)
                await PutAsync(i);
        });
        do
        {
            var content = await _service.Client.GetByteArrayAsync(url);
            Assert.Equal(Content(content[0]), content);
        }
        while (!writing.IsCompleted);
        await writing;

        async Task PutAsync(int i)
        {
            using var content = new MemoryStream(Content(i));
            await store.PutAsync(key, content, "image/png", PutCondition.None, null, default);
        }

        static byte[] Content(int i) => [.. Enumerable.Repeat((byte)i, 1 + (i * 1000))];
    }
}
