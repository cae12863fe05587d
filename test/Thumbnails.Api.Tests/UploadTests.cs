using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Thumbnails.Api.Tests;

public sealed class UploadTests : IDisposable
{
    private readonly Service _service = new(("Uploads:MaxBytes", "1000000"), ("Uploads:UrlLifetimeSeconds", "60"));

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task An_upload_URL_accepts_its_file()
    {
        var upload = await _service.CreateUploadAsync("a film.mp4", 5);
        Assert.Equal("PUT", (string)upload["method"]!);
        Assert.Matches("^videos/[0-9a-z]{26}/a film.mp4$", (string)upload["videoKey"]!);
        Assert.StartsWith(_service.Client.BaseAddress!.AbsoluteUri, (string)upload["url"]!, StringComparison.Ordinal);
        Assert.InRange((DateTimeOffset)upload["expiresAt"]!, DateTimeOffset.UtcNow.AddSeconds(30), DateTimeOffset.UtcNow.AddSeconds(61));

        using var response = await _service.PutAsync(upload, Bytes("hello"));
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("hello", File.ReadAllText(Path.Combine(_service.Root, (string)upload["videoKey"]!)));
    }

    [Theory]
    [InlineData("video/webm;codecs=vp8,opus")]
    [InlineData("video/mp4; codecs=\\\"avc1.42E01E, mp4a.40.2\\\"")]
    [InlineData("application/vnd.rn-realmedia")]
    public async Task Common_video_content_types_are_accepted(string type)
    {
        using var response = await _service.PostAsync("/uploads", $$"""{"fileName":"a.webm","contentType":"{{type}}","sizeBytes":1}""");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("{}", "fileName", "contentType", "sizeBytes")]
    [InlineData("""{"fileName":"","contentType":"","sizeBytes":0}""", "fileName", "contentType", "sizeBytes")]
    [InlineData("""{"fileName":"a/b.mp4","contentType":"text/html","sizeBytes":-1}""", "fileName", "contentType", "sizeBytes")]
    [InlineData("""{"fileName":"..","contentType":"video/*","sizeBytes":1000001}""", "fileName", "contentType", "sizeBytes")]
    [InlineData("""{"fileName":"a\u0000.mp4","contentType":"video/mp4\r\nX: y","sizeBytes":1}""", "fileName", "contentType")]
    [InlineData("""{"fileName":"a\\b.mp4","contentType":"video","sizeBytes":1}""", "fileName", "contentType")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4 ","sizeBytes":1}""", "contentType")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":1.5}""", "sizeBytes")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":"1"}""", "sizeBytes")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4; a=\"\n\"","sizeBytes":1}""", "contentType")]
    [InlineData("""{"fileName":"a.mp4","contentType":" video/mp4","sizeBytes":1}""", "contentType")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4; a=\"ä\"","sizeBytes":1}""", "contentType")]
    [InlineData("""{"fileName":7,"contentType":"video/mp4","sizeBytes":1}""", "fileName")]
    [InlineData("""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":1,"size":1}""", "size")]
    [InlineData("""{"fileName":"a.mp4","fileName":"b.mp4","contentType":"video/mp4","sizeBytes":1}""", "fileName")]
    public async Task An_invalid_upload_request_is_rejected_with_every_error(string body, params string[] members)
    {
        using var response = await _service.PostAsync("/uploads", body);

        Assert.Equal(members.Order(), await response.FaultsAsync());
    }

    [Fact]
    public async Task An_existing_video_is_never_overwritten()
    {
        var upload = await _service.CreateUploadAsync("a.mp4", 5);
        (await _service.PutAsync(upload, Bytes("first"))).Dispose();
        using var response = await _service.PutAsync(upload, Bytes("again"));

        Assert.Equal("object_exists", await response.ProblemAsync(412));
        Assert.Equal("first", File.ReadAllText(Path.Combine(_service.Root, (string)upload["videoKey"]!)));
    }

    [Fact]
    public async Task An_upload_URL_rejects_another_length_or_type()
    {
        var upload = await _service.CreateUploadAsync("a.mp4", 5);
        using var shorter = await _service.PutAsync(upload, Bytes("four"));
        Assert.Equal("validation_failed", await shorter.ProblemAsync(400));
        using var longer = await _service.PutAsync(upload, Bytes("sixsix"));
        Assert.Equal("validation_failed", await longer.ProblemAsync(400));
        using var typed = await _service.SendAsync(HttpMethod.Put, (string)upload["url"]!, Bytes("hello", "text/html"));
        Assert.Equal("validation_failed", await typed.ProblemAsync(400));

        AssertNothingStored();
    }

    [Fact]
    public async Task A_tampered_upload_URL_is_forbidden()
    {
        var upload = await _service.CreateUploadAsync("a.mp4", 5);
        var url = (string)upload["url"]!;
        string[] tampered =
        [
            url.Replace("length=5", "length=6", StringComparison.Ordinal),
            url.Replace("a.mp4", "b.mp4", StringComparison.Ordinal),
            url.Replace("expires=1", "expires=2", StringComparison.Ordinal),
            url.Replace("type=video", "type=audio", StringComparison.Ordinal),
            url[..url.IndexOf('?', StringComparison.Ordinal)],
            url.Replace("/videos/", "/..%2f..%2f", StringComparison.Ordinal),
        ];
        foreach (var changed in tampered)
        {
            upload["url"] = changed;
            using var response = await _service.PutAsync(upload, Bytes("hello"));
            Assert.Equal("forbidden", await response.ProblemAsync(403));
        }

        using var read = await _service.Client.GetAsync(new Uri(url));
        Assert.Equal("forbidden", await read.ProblemAsync(403));
        AssertNothingStored();
    }

    [Fact]
    public async Task An_interrupted_upload_leaves_nothing_behind()
    {
        var upload = await _service.CreateUploadAsync("a.mp4", 100_000);
        var url = new Uri((string)upload["url"]!);
        using (var client = new TcpClient(url.Host, url.Port))
        {
            var request = $"PUT {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: video/mp4\r\nIf-None-Match: *\r\nContent-Length: 100000\r\n\r\n{new string('x', 50_000)}";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            while (!TemporaryFiles().Any(file => file.Length > 0))
                await Task.Delay(10);
        }

        while (TemporaryFiles().Any())
            await Task.Delay(10);
        AssertNothingStored();
        using var again = await _service.PutAsync(upload, new ByteArrayContent(new byte[100_000]));
        Assert.Equal(200, (int)again.StatusCode);
    }

    private static ByteArrayContent Bytes(string text, string? type = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private IEnumerable<FileInfo> TemporaryFiles() => new DirectoryInfo(Path.Combine(_service.Root, ".store", "tmp")).EnumerateFiles();

    private void AssertNothingStored()
    {
        Assert.False(Directory.Exists(Path.Combine(_service.Root, "videos")) && Directory.GetFiles(Path.Combine(_service.Root, "videos"), "*", SearchOption.AllDirectories).Length > 0);
        Assert.Empty(TemporaryFiles());
    }
}
