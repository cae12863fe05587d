using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests.Servers;

public class WireTests : EcsTest
{
    private const string Signature = "AWS4-HMAC-SHA256 Credential=AKID/20261123/us-east-1/ecs/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public async Task A_well_formed_request_is_accepted() => Assert.Equal("ClusterNotFoundException", await SendAsync());

    [Theory]
    [InlineData("us-east-1/s3/")]
    [InlineData("eu-west-1/ecs/")]
    public async Task A_signature_for_another_region_or_service_is_rejected(string scope) => Assert.Equal(
        "InvalidSignatureException",
        await SendAsync(request => Replace(
            request, "Authorization", Signature.Replace("us-east-1/ecs/", scope, StringComparison.Ordinal))));

    [Fact]
    public async Task A_request_without_a_signature_is_rejected() =>
        Assert.Equal("MissingAuthenticationTokenException", await SendAsync(request => request.Headers.Remove("Authorization")));

    [Fact]
    public async Task A_signature_of_another_day_is_rejected() => Assert.Equal(
        "InvalidSignatureException", await SendAsync(request => Replace(request, "X-Amz-Date", "20261122T080000Z")));

    [Fact]
    public async Task An_unknown_operation_is_rejected() => Assert.Equal(
        "UnknownOperationException",
        await SendAsync(request => Replace(request, "X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DeleteCluster")));

    [Fact]
    public async Task Another_content_type_is_rejected() => Assert.Equal(
        "UnknownOperationException",
        await SendAsync(request => request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json")));

    [Theory]
    [InlineData("""{ "Cluster": "default" }""")]
    [InlineData("""{ "cluster": "default", "nonsense": 1 }""")]
    [InlineData("""{ "cluster": 1 }""")]
    [InlineData("""{ "cluster": null }""")]
    [InlineData("""{ "maxResults": "1" }""")]
    [InlineData("""[]""")]
    [InlineData("""{""")]
    [InlineData("")]
    public async Task A_body_that_does_not_match_the_model_is_rejected(string body) =>
        Assert.Equal("SerializationException", await SendAsync(body: body));

    private static void Replace(HttpRequestMessage request, string header, string value)
    {
        request.Headers.Remove(header);
        request.Headers.TryAddWithoutValidation(header, value);
    }

    private async Task<string?> SendAsync(Action<HttpRequestMessage>? change = null, string body = "{}")
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Server.Url);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListTasks");
        request.Headers.Add("X-Amz-Date", "20261123T080000Z");
        request.Headers.TryAddWithoutValidation("Authorization", Signature);
        change?.Invoke(request);
        using var response = await http.SendAsync(request);
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return answer.RootElement.GetProperty("__type").GetString();
    }
}
