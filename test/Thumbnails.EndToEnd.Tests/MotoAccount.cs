using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>An AWS account in moto: a bucket, a cluster, a task definition, the default VPC.</summary>
public sealed class MotoAccount : IAsyncLifetime
{
    public const string Bucket = "videos-of-ours", Cluster = "thumbnails", Family = "thumbnails-worker";

    private static readonly HttpClient Http = new();

    private MotoServer? _moto;

    public string Subnet { get; private set; } = "";

    /// <summary>The environment variables of a program that uses this account.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = _moto!.Url.ToString(),
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_REGION"] = "eu-central-1",
    };

    public async Task InitializeAsync()
    {
        _moto = await MotoServer.StartAsync();
        using var bucket = new HttpRequestMessage(HttpMethod.Put, new Uri(_moto.Url, Bucket))
        {
            Content = new StringContent("<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>"),
        };
        await SendAsync(bucket, "s3");
        await EcsAsync("CreateCluster", $$"""{"clusterName":"{{Cluster}}"}""");
        await EcsAsync("RegisterTaskDefinition", $$"""
            {"family":"{{Family}}","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512",
             "containerDefinitions":[{"name":"worker","image":"worker","memory":512,"essential":true,"environment":[{"name":"STORAGE__BUCKET","value":"{{Bucket}}"}]}]}
            """);
        using var subnets = new HttpRequestMessage(HttpMethod.Post, _moto.Url)
        {
            Content = new FormUrlEncodedContent([new("Action", "DescribeSubnets"), new("Version", "2016-11-15")]),
        };
        var response = XDocument.Parse(await SendAsync(subnets, "ec2"));
        Subnet = response.Descendants().First(element => element.Name.LocalName == "subnetId").Value;
    }

    public Task DisposeAsync()
    {
        _moto?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Returns the environment variables of a task's worker container: those of its definition, overridden by those of its
    /// start.
    /// </summary>
    public async Task<Dictionary<string, string>> EnvironmentOfAsync(string taskArn)
    {
        var described = await EcsAsync("DescribeTasks", $$"""{"cluster":"{{Cluster}}","tasks":["{{taskArn}}"]}""");
        var task = described["tasks"]!.AsArray().Single()!;
        var definition = await EcsAsync("DescribeTaskDefinition", $$"""{"taskDefinition":"{{task["taskDefinitionArn"]}}"}""");
        JsonNode?[] entries =
        [
            .. definition["taskDefinition"]!["containerDefinitions"]![0]!["environment"]!.AsArray(),
            .. task["overrides"]!["containerOverrides"]!.AsArray().Single(container => (string)container!["name"]! == "worker")!["environment"]!.AsArray(),
        ];
        var variables = new Dictionary<string, string>();
        foreach (var entry in entries)
            variables[(string)entry!["name"]!] = (string)entry["value"]!;
        return variables;
    }

    private async Task<JsonNode> EcsAsync(string operation, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _moto!.Url) { Content = new StringContent(json, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        request.Headers.Add("X-Amz-Target", $"AmazonEC2ContainerServiceV20141113.{operation}");
        return JsonNode.Parse(await SendAsync(request, "ecs"))!;
    }

    // The signature is not verified, but its scope selects the service.
    private static async Task<string> SendAsync(HttpRequestMessage request, string service)
    {
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/eu-central-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
