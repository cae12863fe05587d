using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Tests;

/// <summary>Request bodies are parsed the same however they are formatted, encoded and chunked.</summary>
public sealed class RequestBodyTests : IDisposable
{
    private const string Body = """{"videoKey":"videos/x","frames":[{"position":12.345678,"outputName":"ä/1.png","fit":"cover","width":640,"height":360},{"position":1.25e2,"outputName":"2.jpg"}]}""";

    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_valid_body_is_accepted_however_it_is_chunked()
    {
        await Parallel.ForAsync(0, 8193, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (padding, _) =>
        {
            using var response = await _service.PostAsync("/jobs", "{" + new string(' ', padding) + Body[1..]);
            Assert.True((int)response.StatusCode == 422, $"{padding}: {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
        });
    }

    [Fact]
    public void Every_JSON_converter_reads_bodies_sent_byte_by_byte()
    {
        ReadsByteByByte(ApiJson.Default.CreateJobRequest, Body);
        ReadsByteByByte(ApiJson.Default.CreateJobRequest, """{"videoKey":"videos\/\u00e4","position":8.5,"outputName":"\u0061.png","ifExists":"fail","outOfRange":"clamp"}""");
        ReadsByteByByte(CoreJson.Default.Job, """{"id":"zybqw3jh1e6rzkym69v2cjen0z","videoKey":"videos/1/a.mp4","frames":[{"position":"00:08","outputName":"a.png","fit":"fill"}],"createdAt":"2026-11-23T08:00:00+00:00","timeoutSeconds":900}""");
        ReadsByteByByte(CoreJson.Default.JobResult, """{"status":"failed","finishedAt":"2026-11-23T08:00:01+00:00","frames":[{"outputName":"b.png","error":{"code":"position_out_of_range","message":"x"}}]}""");
    }

    [Theory]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png"}""", """{ "outputName": "a.png", "position": 1.0, "videoKey": "videos/x", "width": null }""")]
    [InlineData("""{"videoKey":"videos/x","position":1e0,"outputName":"a.png"}""", """{"videoKey":"videos/x","position":"00:01","outputName":"\u0061.png"}""")]
    [InlineData("""{"videoKey":"videos/x","position":"50%","outputName":"a.png"}""", """{"videoKey":"videos/x","position":"50.0%","outputName":"a.png"}""")]
    public void Equivalent_bodies_are_the_same_idempotent_request(string body, string other) => Assert.Equal(HashOf(body), HashOf(other));

    [Fact]
    public void Different_bodies_are_different_idempotent_requests()
    {
        string[] positions = ["1", "2", "\"1%\"", "\"auto\"", "1.000001"];
        Assert.Equal(positions.Length, positions.Select(position => HashOf($$"""{"videoKey":"videos/x","position":{{position}},"outputName":"a.png"}""")).Distinct().Count());
    }

    // Hashes are stored, and a retry may reach another version of the service.
    [Fact]
    public void The_hash_of_a_request_body_is_stable_across_versions() =>
        Assert.Equal("209d787da0a5ae91ff222fa9304bb15c675342c4902968cb78cccaf1c48e0bbc", HashOf("""{"videoKey":"videos/x","frames":[{"position":1,"outputName":"a.png"}],"width":640,"fit":"cover"}"""));

    [Fact]
    public void An_idempotency_key_can_contain_a_comma()
    {
        Assert.Equal("\nk,1", KeyOf("k,1"));
        Assert.Equal("\nk,1", KeyOf("k", "1"));
    }

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"", 422)]
    [InlineData("application/json; charset=UTF-8", 422)]
    [InlineData("application/json;charset=utf-8; x=\"y\"", 422)]
    [InlineData("application/problem+json", 422)]
    [InlineData("application/json; charset=foo", 415)]
    [InlineData("application/json; charset=utf-7", 415)]
    [InlineData("application/json; charset=", 415)]
    [InlineData("application/json; charset=\"\"", 415)]
    [InlineData("application/json; charset=\"", 415)]
    [InlineData("text/plain", 415)]
    [InlineData("json", 415)]
    public async Task An_unsupported_content_type_is_rejected(string type, int status)
    {
        var body = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Body));
        var response = await RawClient.SendAsync(
            _service.Client.BaseAddress!, $"POST /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal((status, status == 422 ? "video_not_found" : "validation_failed"), (RawClient.StatusOf(response), RawClient.ProblemOf(response)));
    }

    [Fact]
    public async Task A_UTF_16_body_is_decoded()
    {
        using var content = new ByteArrayContent(Encoding.Unicode.GetBytes(Body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-16");
        using var response = await _service.SendAsync(HttpMethod.Post, "/jobs", content);

        Assert.Equal("video_not_found", await response.ProblemAsync(422));
    }

    private static void ReadsByteByByte<T>(JsonTypeInfo<T> type, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Segment first = new(bytes.AsMemory(0, 1)), last = first;
        for (var i = 1; i < bytes.Length; i++)
            last = last.Append(bytes.AsMemory(i, 1));
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, last, 1));

        Assert.Equal(
            JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type), type!),
            JsonSerializer.Serialize(JsonSerializer.Deserialize(ref reader, type), type!));
    }

    private static string HashOf(string body) => Idempotency.Hash(JsonSerializer.Deserialize(body, ApiJson.Default.CreateJobRequest)!);

    private static string? KeyOf(params string[] values)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["Idempotency-Key"] = new StringValues(values);
        return context.Request.IdempotencyKey();
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long at = 0) => (Memory, RunningIndex) = (memory, at);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
