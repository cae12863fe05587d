using System.Text.Json.Nodes;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Uploads;

namespace Thumbnails.Api.OpenApi;

/// <summary>An example of each body.</summary>
internal static class Examples
{
    private const string Job = """
        {
          "id": "7zpbgm5v1k6j3c0w8t2x4n9qra",
          "status": "succeeded",
          "videoKey": "videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/bunny.mp4",
          "createdAt": "2026-11-23T08:00:00+00:00",
          "startedAt": "2026-11-23T08:00:00.012+00:00",
          "finishedAt": "2026-11-23T08:00:00.36+00:00",
          "frames": [
            {
              "requestedPosition": "00:08",
              "position": 8.008,
              "adjustment": null,
              "outputName": "bunny.png",
              "key": "thumbnails/bunny.png",
              "width": 1280,
              "height": 720,
              "sizeBytes": 183068,
              "url": "http://127.0.0.1:5080/objects/thumbnails/bunny.png?expires=1795424400&signature=…",
              "urlExpiresAt": "2026-11-23T09:00:00+00:00",
              "error": null
            }
          ],
          "video": { "duration": 60.1, "width": 1280, "height": 720, "codec": "h264", "frameRate": 30, "rotation": 0 },
          "timings": { "queuedMs": 12, "startMs": 0, "probeMs": 60, "extractMs": 240, "uploadMs": 8 },
          "bytesRead": null,
          "error": null,
          "webhook": {
            "url": "https://example.com/hooks/thumbnails",
            "status": "delivered",
            "attempts": 2,
            "lastAttemptAt": "2026-11-23T08:01:00.21+00:00",
            "lastStatusCode": 204,
            "lastError": null,
            "nextAttemptAt": null
          },
          "task": null
        }
        """;

    public static JsonNode? Of(Type type) => JsonNode.Parse(
        type == typeof(CreateUploadRequest) ? """
            {
              "fileName": "bunny.mp4",
              "contentType": "video/mp4",
              "sizeBytes": 61384102,
              "job": { "position": "00:08", "outputName": "bunny.png" }
            }
            """
        : type == typeof(UploadResponse) ? """
            {
              "videoKey": "videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/bunny.mp4",
              "jobId": "7zpbgm5v1m2d8e4k0s6y3f7h9w",
              "method": "PUT",
              "url": "http://127.0.0.1:5080/objects/videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/bunny.mp4?length=61384102&type=video%2Fmp4&expires=1795424400&signature=…",
              "headers": { "Content-Type": "video/mp4", "If-None-Match": "*" },
              "expiresAt": "2026-11-23T09:00:00+00:00"
            }
            """
        : type == typeof(CompleteUploadRequest) ? """{ "parts": [ { "number": 1, "eTag": "9b2cf535f27731c974343645a3985328" } ] }"""
        : type == typeof(CompletedUploadResponse) ? """{ "videoKey": "videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/bunny.mp4" }"""
        : type == typeof(CreateJobRequest) ? """{ "videoKey": "videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/bunny.mp4", "position": "00:08", "outputName": "bunny.png" }"""
        : type == typeof(FrameBody) ? """{ "position": "50%", "outputName": "bunny/middle.jpg", "width": 640 }"""
        : type == typeof(JobResponse) ? Job
        : type == typeof(JobPage) ? $$"""{ "jobs": [{{Job}}], "nextCursor": "7zpbgm5v1k6j3c0w8t2x4n9qra" }"""
        : type == typeof(HealthResponse) ? """{ "status": "ok", "checks": { "storage": "ok", "runner": "ok" } }"""
        : "null");
}
