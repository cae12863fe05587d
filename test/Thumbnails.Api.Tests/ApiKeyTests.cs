using System.Security.Cryptography;
using System.Text;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

public sealed class ApiKeyTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Service _service = new(("Auth:ApiKeys", $"alice={Hash("open sesame")}, bob={Hash("swordfish").ToUpperInvariant()}"));

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData("POST", "/uploads")]
    [InlineData("POST", "/jobs")]
    [InlineData("GET", "/jobs")]
    [InlineData("GET", "/jobs/zybqw3jh1e6rzkym69v2cjen0z")]
    [InlineData("DELETE", "/jobs/zybqw3jh1e6rzkym69v2cjen0z")]
    public async Task Requests_without_a_known_API_key_are_rejected(string method, string path)
    {
        foreach (var key in (string?[])[null, "", "Open sesame", Hash("open sesame")])
        {
            using var content = new StringContent("{}", Encoding.UTF8, "application/json");
            using var response = await _service.SendAsync(new HttpMethod(method), path, method == "POST" ? content : null, key is null ? [] : [("X-Api-Key", key)]);
            Assert.Equal("unauthorized", await response.ProblemAsync(401));
            Assert.Equal("ApiKey", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task A_request_with_an_API_key_is_accepted_and_idempotency_keys_are_per_caller()
    {
        // The upload itself needs no key: its URL is presigned.
        var video = Path.Combine(_service.Root, "videos", "clip.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(video)!);
        File.Copy(await clips.NumberedAsync(), video);
        var ids = new List<string>();
        foreach (var key in (string[])["open sesame", "swordfish", "open sesame"])
        {
            using var response = await _service.PostAsync(
                "/jobs", """{"videoKey":"videos/clip.mp4","position":1,"outputName":"a.png"}""", ("X-Api-Key", key), ("Idempotency-Key", "1"));
            Assert.Equal(202, (int)response.StatusCode);
            ids.Add((string)(await response.JsonAsync())["id"]!);
        }

        Assert.Equal(ids[0], ids[2]);
        Assert.NotEqual(ids[0], ids[1]);
    }

    [Fact]
    public async Task Health_checks_and_documents_require_no_API_key()
    {
        foreach (var path in (string[])["/healthz", "/readyz", "/swagger/v1/swagger.json"])
        {
            using var response = await _service.Client.GetAsync(path);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
