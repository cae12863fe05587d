using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Thumbnails.Api.Uploads;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

public sealed class UploadTests : IDisposable
{
    private readonly Service _service = new(("Uploads:MaxBytes", "1000000"), ("Uploads:UrlLifetimeSeconds", "60"));

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task An_upload_URL_accepts_its_file()
    {
        var upload = await _service.CreateUploadAsync("ein Film.mp4", 5);
        Assert.Equal("PUT", (string)upload["method"]!);
        Assert.Matches("^videos/[0-9a-z]{26}/ein Film.mp4$", (string)upload["videoKey"]!);
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

        NothingWasStored();
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
        foreach (var address in tampered)
        {
            upload["url"] = address;
            using var response = await _service.PutAsync(upload, Bytes("hello"));
            Assert.Equal("forbidden", await response.ProblemAsync(403));
        }

        using var read = await _service.Client.GetAsync(new Uri(url));
        Assert.Equal("forbidden", await read.ProblemAsync(403));
        NothingWasStored();
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
        NothingWasStored();
        using var again = await _service.PutAsync(upload, new ByteArrayContent(new byte[100_000]));
        Assert.Equal(200, (int)again.StatusCode);
    }

    [Fact]
    public async Task A_multipart_upload_resumes_where_it_was_interrupted()
    {
        using var service = new Service();
        const int partSize = 64 << 20, size = partSize + 5;
        using var created = await service.PostAsync("/uploads", $$"""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":{{size}},"multipart":true}""");
        var upload = await created.JsonAsync();
        Assert.Equal((201, partSize, 2), ((int)created.StatusCode, (int)upload["partSize"]!, upload["parts"]!.AsArray().Count));
        Assert.Null(upload["url"]);
        var path = $"/uploads/{upload["uploadId"]}";
        var last = await PutPartAsync(service, upload["parts"]![1]!, 5);

        using var resumed = await service.Client.GetAsync(path);
        var parts = (await resumed.JsonAsync())["parts"]!.AsArray();
        Assert.Equal((null, last), ((string?)parts[1]!["url"], (string?)parts[1]!["eTag"]));
        using var early = await service.PostAsync($"{path}/complete", $$"""{"parts":[{"number":2,"eTag":"{{last}}"}]}""");
        Assert.Equal(["parts"], await early.FaultsAsync());
        var first = await PutPartAsync(service, parts[0]!, partSize);

        using var completed = await service.PostAsync($"{path}/complete", $$"""{"parts":[{"number":1,"eTag":"{{first}}"},{"number":2,"eTag":"\"{{last}}\""}]}""");
        Assert.Equal((string)upload["videoKey"]!, (string)(await completed.JsonAsync())["videoKey"]!);
        Assert.Equal(size, new FileInfo(Path.Combine(service.Root, (string)upload["videoKey"]!)).Length);
        using var gone = await service.Client.GetAsync(path);
        Assert.Equal("upload_not_found", await gone.ProblemAsync(404));
    }

    [Fact]
    public async Task A_multipart_upload_can_be_aborted()
    {
        using var created = await _service.PostAsync("/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":10,"multipart":true}""");
        var upload = await created.JsonAsync();
        using var aborted = await _service.SendAsync(HttpMethod.Delete, $"/uploads/{upload["uploadId"]}");
        Assert.Equal(204, (int)aborted.StatusCode);
        using var late = await _service.SendAsync(HttpMethod.Put, (string)upload["parts"]![0]!["url"]!, new ByteArrayContent(new byte[10]));
        Assert.Equal("upload_not_found", await late.ProblemAsync(404));

        foreach (var id in (string[])["x", "e30", "bnVsbA", "eyJ1cGxvYWQiOm51bGx9"])
        {
            using var unknown = await _service.Client.GetAsync($"/uploads/{id}");
            Assert.Equal("upload_not_found", await unknown.ProblemAsync(404));
        }
    }

    [Fact]
    public async Task A_tampered_upload_ID_is_not_found()
    {
        using var created = await _service.PostAsync("/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":10,"multipart":true}""");
        var id = (string)(await created.JsonAsync())["uploadId"]!;
        var bytes = Base64Url.DecodeFromChars(id);
        // Another length, another video, and a truncated signature.
        string[] tampered =
        [
            .. Enumerable.Range(0, bytes.Length).Select(i => Base64Url.EncodeToString([.. bytes[..i], (byte)(bytes[i] ^ 1), .. bytes[(i + 1)..]])),
            Base64Url.EncodeToString(bytes.AsSpan(1)), Base64Url.EncodeToString(bytes.AsSpan(0, 32)), id + "AA", "", "%01",
        ];
        foreach (var other in tampered)
        {
            using var response = await _service.SendAsync(HttpMethod.Delete, $"/uploads/{other}");
            Assert.Contains((int)response.StatusCode, (int[])[404, 405]);
        }

        using var genuine = await _service.Client.GetAsync($"/uploads/{id}");
        Assert.Equal(200, (int)genuine.StatusCode);
    }

    [Fact]
    public async Task An_upload_ID_is_valid_in_every_instance_with_the_same_store()
    {
        using var folder = new TempFolder();
        FileObjectStore store = new(folder["a"], TimeProvider.System), other = new(folder["b"], TimeProvider.System);
        UploadIds first = new(store), second = new(store);
        var token = new UploadToken(new MultipartUpload(ObjectKey.Parse("videos/a/b.mp4"), "video/mp4", 10, 64), "id");
        var ids = await Task.WhenAll(first.SignAsync(token, default).AsTask(), second.SignAsync(token, default).AsTask());

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(token, await second.ReadAsync(ids[0], default));
        Assert.Equal(token, await new UploadIds(store).ReadAsync(ids[0], default));
        Assert.Null(await new UploadIds(other).ReadAsync(ids[0], default));
    }

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
        var store = _service.Get<Core.Storage.IObjectStore>();
        var key = Core.Storage.ObjectKey.Parse("thumbnails/replaced.png");
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
            await store.PutAsync(key, content, "image/png", Core.Storage.PutCondition.None, null, default);
        }

        static byte[] Content(int i) => [.. Enumerable.Repeat((byte)i, 1 + (i * 1000))];
    }

    private static async Task<string> PutPartAsync(Service service, JsonNode part, int length)
    {
        using var response = await service.SendAsync(HttpMethod.Put, (string)part["url"]!, new ByteArrayContent(new byte[length]));
        Assert.Equal(200, (int)response.StatusCode);
        return response.Headers.ETag!.Tag.Trim('"');
    }

    private static ByteArrayContent Bytes(string text, string? type = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        if (type is not null)
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private IEnumerable<FileInfo> TemporaryFiles() => new DirectoryInfo(Path.Combine(_service.Root, ".store", "tmp")).EnumerateFiles();

    private void NothingWasStored()
    {
        Assert.False(Directory.Exists(Path.Combine(_service.Root, "videos")) && Directory.GetFiles(Path.Combine(_service.Root, "videos"), "*", SearchOption.AllDirectories).Length > 0);
        Assert.Empty(TemporaryFiles());
    }
}
