using System.Text.Json.Nodes;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>
/// Swashbuckle uses reflection, which Native AOT restricts, so the document is tested on the published program.
/// </summary>
public sealed class DocumentTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_OpenAPI_document_describes_every_endpoint_field_and_error()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var document = JsonNode.Parse(await service.Http.GetStringAsync("/swagger/v1/swagger.json"))!;

        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(operation => (Name: $"{operation.Key} {path.Key}", Operation: operation.Value!))).ToList();
        Assert.Equal(
            [
                "delete /jobs/{id}", "delete /uploads/{uploadId}", "get /healthz", "get /jobs", "get /jobs/{id}",
                "get /jobs/{id}/thumbnails/{outputName}", "get /readyz", "get /uploads/{uploadId}", "get /view/{token}/storyboard.adaptationset.xml",
                "get /view/{token}/storyboard.json", "get /view/{token}/storyboard.m3u8", "get /view/{token}/storyboard.mpd",
                "get /view/{token}/storyboard.vtt", "get /view/{token}/{file}", "post /jobs", "post /jobs/{id}/webhook/redeliver", "post /uploads",
                "post /uploads/{uploadId}/complete", "put /objects/{key}",
            ],
            operations.Select(item => item.Name).Order(StringComparer.Ordinal));
        Assert.All(operations, item => Assert.False(string.IsNullOrEmpty((string?)item.Operation["summary"]), item.Name));
        Assert.All(
            operations.SelectMany(item => item.Operation["parameters"]?.AsArray() ?? []),
            parameter => Assert.False(string.IsNullOrEmpty((string?)parameter!["description"]), parameter.ToJsonString()));
        Assert.All(operations.SelectMany(item => item.Operation["responses"]!.AsObject()), response => AssertExample(response.Key, response.Value!));
        Assert.Equal(
            ["idempotency_key_reused", "video_not_found"],
            document["paths"]!["/jobs"]!["post"]!["responses"]!["422"]!["content"]!["application/problem+json"]!["examples"]!.AsObject().Select(example => example.Key).Order());

        Assert.All(new ApiContract(document).Operations, operation => operation.CheckExamples());
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            foreach (var (property, value) in schema!["properties"]?.AsObject() ?? [])
                Assert.False(string.IsNullOrEmpty((string?)value!["description"]), $"{name}.{property} has no description");
        }

        var webhook = document["paths"]!["/jobs"]!["post"]!["callbacks"]!["jobEnded"]!["{$request.body#/callbackUrl}"]!["post"]!;
        Assert.Equal(["webhook-id", "webhook-timestamp", "webhook-signature"], webhook["parameters"]!.AsArray().Select(header => (string)header!["name"]!));
        Assert.Equal("delivered", (string)webhook["requestBody"]!["content"]!["application/json"]!["example"]!["webhook"]!["status"]!);

        Assert.Equal(
            ["requestedPosition", "position", "adjustment", "warning", "outputName", "key", "width", "height", "sizeBytes", "url", "urlExpiresAt", "error"],
            document["components"]!["schemas"]!["FrameResponse"]!["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(
            ["awaiting_upload", "queued", "starting", "running", "succeeded", "failed", "canceled"],
            document["components"]!["schemas"]!["JobStatus"]!["enum"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Swagger_UI_is_served()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);

        Assert.Contains("swagger-ui", await service.Http.GetStringAsync("/swagger"), StringComparison.Ordinal);
        Assert.NotEmpty(await service.Http.GetStringAsync("/swagger/swagger-ui-bundle.js"));
        Assert.Contains("v1/swagger.json", await service.Http.GetStringAsync("/swagger/index.js"), StringComparison.Ordinal);
    }

    private static void AssertExample(string status, JsonNode response)
    {
        foreach (var (type, media) in response["content"]?.AsObject() ?? [])
        {
            Assert.Equal(status[0] is '4' or '5' && status != "503" ? "application/problem+json" : type, type);
            Assert.True(type.StartsWith("image/", StringComparison.Ordinal) || (media!["example"] ?? media["examples"]) is not null, type);
        }
    }
}
