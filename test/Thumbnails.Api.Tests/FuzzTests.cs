using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Thumbnails.Api.Tests;

/// <summary>
/// Sends random requests, valid and broken. None may return 500, every rejection is a problem with a code, and no valid
/// request is rejected. To test a running service, set FUZZ_URL, FUZZ_SEED and FUZZ_REQUESTS.
/// </summary>
public sealed class FuzzTests
{
    private static readonly string[] Positions = ["0", "8", "8.5", "8.50", "1e1", "2.5E+1", "12.345678", "\"8\"", "\"00:08\"", "\"1:02:03.250\"", "\"50%\"", "\"0.5%\"", "\"auto\""];
    private static readonly string[] Types = ["application/json", "application/json; charset=utf-8", "application/json; charset=\"UTF-8\"", "application/json;charset=utf-8;v=1"];
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X-Y"];
    private static readonly string[] Paths =
    [
        "/", "*", "/healthz", "/readyz", "/jobs", "/jobs/", "/jobs/x", "/jobs/zybqw3jh1e6rzkym69v2cjen0z", "/jobs/zybqw3jh1e6rzkym69v2cjen0z/thumbnails/a%2Fb.png",
        "/view/zybqw3jh1e6rzkym69v2cjen0z.0123/storyboard.vtt", "/view/x/0.jpg", "/uploads", "/uploads/x", "/uploads/x/complete", "/objects/videos/x", "/objects/%2e%2e/x", "/swagger/v1/swagger.json", "/swagger", "http://localhost/jobs",
    ];
    private static readonly string[] Queries =
    [
        "", "?", "?status=failed", "?status=", "?limit=1", "?limit=-1", "?limit=99999999999999999999", "?cursor=x", "?cursor=zybqw3jh1e6rzkym69v2cjen0z", "?status=a&status=b", "?%00", "?a=%ff",
        "?expires=9223372036854775807&signature=x&length=9223372036854775807", "?expires=x", "?part=1&upload=x&offset=8000000000000000&length=1&expires=99999999999&signature=AAAA",
    ];
    private static readonly string[] Hosts =
    [
        "localhost", "127.0.0.1:5080", "[::1]", "", "a:99999", "..", "!", "xn--", "xn--a", "a b", "evil.example", "localhost:", "localhost:0", "[::1", "%41", "%", "a,b", "a;b", "(", "'", "~", "_", "localhost:-1", "ä", "1.2.3",
    ];
    private static readonly string[] Headers =
    [
        "Prefer: wait=1", "Prefer: wait=99999999999", "Prefer: =;,", "Prefer: wait=\"", "Idempotency-Key: a,b", "Idempotency-Key: ", "Idempotency-Key: \x7f\xff", "Range: bytes=0-1", "Range: x", "If-None-Match: *",
        "If-Modified-Since: x", "Accept: x", "Accept-Encoding: gzip", "X-Forwarded-Proto: javascript", "X-Forwarded-Host: x", "Expect: 100-continue", "Expect: x", "Upgrade: h2c", "Cookie: \"", "Origin: null",
        "traceparent: x", "Content-Encoding: gzip", "Transfer-Encoding: chunked", "Transfer-Encoding: x", "Content-Type: application/json; charset=", "Content-Type: \"", "X-Api-Key: \xff", "Connection: upgrade",
    ];

    [Fact]
    public async Task Random_requests_never_return_500_and_valid_ones_are_accepted()
    {
        var seed = Variable("FUZZ_SEED", 20_261_125);
        using var service = new Service();
        var address = Environment.GetEnvironmentVariable("FUZZ_URL") is { Length: > 0 } url ? new Uri(url) : service.Client.BaseAddress!;
        await Parallel.ForAsync(0, Variable("FUZZ_REQUESTS", 1500), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
        {
            var random = new Random(seed + i);
            var (request, expected) = random.Next(4) switch
            {
                0 => (Post(random, "/jobs", Types, JobBody(random)), 422),
                1 => (Post(random, "/uploads", Types, UploadBody(random)), 201),
                2 => (Post(random, random.Next(2) == 0 ? "/jobs" : "/uploads", [.. Types, "application/json; charset=utf-16", "x"], Broken(random, JobBody(random))), 0),
                _ => (Anything(random), 0),
            };
            var response = await RawClient.SendAsync(address, request, expected == 0 ? TimeSpan.FromMilliseconds(200) : null);
            Check(response, request, expected, $"request {i} of seed {seed}: {request}\n{response}");
        });
    }

    private static void Check(string response, string request, int expected, string message)
    {
        var status = RawClient.StatusOf(response);
        // An incomplete request may get no response.
        Assert.True(status is > 0 and not 500 || (response.Length == 0 && expected == 0), message);
        Assert.True(!response.Contains("HTTP/1.1 500", StringComparison.Ordinal), message);
        Assert.True(expected == 0 || status == expected, message);
        if (status < 400 || request.StartsWith("HEAD", StringComparison.Ordinal) || status == 503)
            return;
        try
        {
            RawClient.ProblemOf(response);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or Xunit.Sdk.XunitException)
        {
            Assert.Fail(message);
        }
    }

    private static string Post(Random random, string path, string[] types, string body)
    {
        var bytes = Encoding.UTF8.GetByteCount(body);
        var head = $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {Any(random, types)}\r\n";
        var text = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(body));
        if (random.Next(4) > 0)
            return $"{head}Content-Length: {bytes}\r\n\r\n{text}";
        var cut = random.Next(1, text.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{head}Transfer-Encoding: chunked\r\n\r\n{cut:x}\r\n{text[..cut]}\r\n{text.Length - cut:x}\r\n{text[cut..]}\r\n0\r\n\r\n");
    }

    private static string JobBody(Random random)
    {
        List<string> members = ["\"videoKey\":\"videos/x\"", .. Options(random)];
        if (random.Next(2) == 0)
            members.AddRange([$"\"position\":{Any(random, Positions)}", $"\"outputName\":{Name(random, 0)}"]);
        else
            members.Add($"\"frames\":[{string.Join(',', Enumerable.Range(0, random.Next(1, 101)).Select(i => $$"""{"position":{{Any(random, Positions)}},{{string.Concat(Options(random).Select(option => option + ","))}}"outputName":{{Name(random, i)}}}"""))}]");
        if (random.Next(4) == 0)
            members.Add($"\"storyboard\":{{\"name\":\"s\",\"interval\":{Any(random, ["0.1", "1e1", "3600", "null"])},\"format\":\"{Any(random, ["jpg", "jpeg", "png", "webp"])}\"}}");
        if (random.Next(4) == 0)
            members.Add($"\"preview\":{{\"outputName\":\"p/p.{Any(random, ["webp", "GIF"])}\",\"start\":{Any(random, ["8.5", "\"50%\"", "\"00:08\"", "null"])},\"fps\":{random.Next(1, 31)}}}");
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(members));
        return $"{{{new string(' ', random.Next(8192))}{string.Join(Any(random, [",", ", ", ",\n\t"]), members)}}}";
    }

    private static string[] Options(Random random) => [.. ((string[])
    [
        $"\"width\":{random.Next(1, 8192)}", $"\"height\":{random.Next(1, 8192)}", $"\"fit\":\"{Any(random, ["contain", "cover", "fill"])}\"", $"\"enlarge\":{Any(random, ["true", "false", "null"])}",
        $"\"quality\":{random.Next(1, 101)}", $"\"ifExists\":\"{Any(random, ["replace", "fail"])}\"", $"\"outOfRange\":\"{Any(random, ["error", "clamp"])}\"", $"\"accuracy\":\"{Any(random, ["exact", "keyframe"])}\"",
    ]).Where(_ => random.Next(3) == 0)];

    private static string Name(Random random, int i) => $"\"{Any(random, ["", "a/", "ä/\\u00e4/", "😀 ", "%41", "a?b#c"])}{i}.{Any(random, ["png", "JPG", "jpeg", "webp"])}\"";

    private static string UploadBody(Random random) =>
        $$"""{"fileName":"{{Any(random, ["a.mp4", "ä b.mov", "%00.mkv", "x%03d.png", "?*", "\\u0061"])}}","contentType":"{{Any(random, ["video/mp4", "VIDEO/x", "application/octet-stream", "video/mp4; a=b"])}}","sizeBytes":{{random.NextInt64(1, 1L << 33)}}{{Any(random, ["", ",\"multipart\":true", ",\"multipart\":null", ",\"job\":{\"position\":\"auto\",\"outputName\":\"a.png\"}"])}}}""";

    private static string Broken(Random random, string body)
    {
        var text = new StringBuilder(body.Trim());
        for (var i = random.Next(1, 6); i > 0 && text.Length > 1; i--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(4) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Any(random, ["\"", "{", "}", "[", "null", "\\ud800", "\\", "\0", "\ufffe", "-", "e999", "1e400", "9223372036854775808", ",", ":", "true"])),
                2 => text.Replace(text[at], (char)random.Next(1, 300), at, 1),
                _ => text.Remove(at, text.Length - at),
            };
        }

        return text.Append(' ').ToString();
    }

    private static string Anything(Random random)
    {
        var request = new StringBuilder($"{Any(random, Methods)} {Any(random, Paths)}{Any(random, Queries)} HTTP/{Any(random, ["1.1", "1.1", "1.1", "1.0", "2.0", "x"])}\r\nHost: {Any(random, Hosts)}\r\nConnection: close\r\n");
        for (var i = random.Next(4); i > 0; i--)
            request.Append(Any(random, Headers)).Append("\r\n");
        request.Append(Any(random, ["", "Content-Length: 2\r\n", "Content-Length: 99\r\n", "Content-Length: -1\r\n", "Content-Type: application/json\r\nContent-Length: 2\r\n"])).Append("\r\n{}");
        for (var i = random.Next(4) == 0 ? random.Next(1, 8) : 0; i > 0; i--)
            request[random.Next(request.Length)] = (char)random.Next(256);
        return request.ToString();
    }

    private static T Any<T>(Random random, T[] items) => items[random.Next(items.Length)];

    private static int Variable(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
