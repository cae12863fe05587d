using System.Buffers.Text;
using System.Text.Json.Nodes;
using Thumbnails.Api.Uploads;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>Uploads in parts, which can be resumed and aborted.</summary>
public sealed class MultipartUploadTests : IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_multipart_upload_resumes_where_it_was_interrupted()
    {
        const int partSize = 64 << 20, size = partSize + 5;
        using var created = await _service.PostAsync("/uploads", $$"""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":{{size}},"multipart":true}""");
        var upload = await created.JsonAsync();
        Assert.Equal((201, partSize, 2), ((int)created.StatusCode, (int)upload["partSize"]!, upload["parts"]!.AsArray().Count));
        Assert.Null(upload["url"]);
        var path = $"/uploads/{upload["uploadId"]}";
        var last = await PutPartAsync(upload["parts"]![1]!, 5);

        using var resumed = await _service.Client.GetAsync(path);
        var parts = (await resumed.JsonAsync())["parts"]!.AsArray();
        Assert.Equal((null, last), ((string?)parts[1]!["url"], (string?)parts[1]!["eTag"]));
        using var early = await _service.PostAsync($"{path}/complete", $$"""{"parts":[{"number":2,"eTag":"{{last}}"}]}""");
        Assert.Equal(["parts"], await early.FaultsAsync());
        var first = await PutPartAsync(parts[0]!, partSize);

        using var completed = await _service.PostAsync($"{path}/complete", $$"""{"parts":[{"number":1,"eTag":"{{first}}"},{"number":2,"eTag":"\"{{last}}\""}]}""");
        Assert.Equal((string)upload["videoKey"]!, (string)(await completed.JsonAsync())["videoKey"]!);
        Assert.Equal(size, new FileInfo(Path.Combine(_service.Root, (string)upload["videoKey"]!)).Length);
        using var gone = await _service.Client.GetAsync(path);
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
        // With each byte changed, with bytes missing at either end, and malformed.
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

    private async Task<string> PutPartAsync(JsonNode part, int length)
    {
        using var response = await _service.SendAsync(HttpMethod.Put, (string)part["url"]!, new ByteArrayContent(new byte[length]));
        Assert.Equal(200, (int)response.StatusCode);
        return response.Headers.ETag!.Tag.Trim('"');
    }
}
