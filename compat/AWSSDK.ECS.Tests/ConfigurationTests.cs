using Amazon.ECS.Model;
using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

[CollectionDefinition(nameof(ConfigurationTests), DisableParallelization = true)]
public class AloneInTheProcess;

/// <summary>Tests that change environment variables and therefore run alone.</summary>
[Collection(nameof(ConfigurationTests))]
public sealed class ConfigurationTests : IDisposable
{
    private static readonly string[] Variables =
    [
        "AWS_ACCESS_KEY_ID", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ECS", "AWS_PROFILE", "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SHARED_CREDENTIALS_FILE",
    ];

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public ConfigurationTests()
    {
        foreach (var name in Variables)
            Environment.SetEnvironmentVariable(name, null);
        FallbackRegionFactory.Reset();
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        FallbackRegionFactory.Reset();
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_ECS")]
    [InlineData("AWS_ENDPOINT_URL")]
    public async Task The_client_takes_endpoint_region_and_credentials_from_the_environment(string variable)
    {
        await using var server = await LoopbackEcs.StartAsync(region: "eu-central-1");
        server.CreateCluster("default");
        SetEnvironment(variable, server.Url, "eu-central-1");
        using var client = new AmazonECSClient();

        Assert.Empty((await client.ListTasksAsync(new ListTasksRequest())).TaskArns);
    }

    [Fact]
    public async Task AddAWSService_registers_the_client()
    {
        await using var server = await LoopbackEcs.StartAsync(region: "eu-west-1");
        server.CreateCluster("default");
        SetEnvironment("AWS_ENDPOINT_URL_ECS", server.Url, "eu-west-1");
        await using var services = new ServiceCollection().AddAWSService<IAmazonECS>().BuildServiceProvider();
        var client = services.GetRequiredService<IAmazonECS>();

        Assert.IsType<AmazonECSClient>(client);
        Assert.Empty((await client.ListTasksAsync(new ListTasksRequest())).TaskArns);
    }

    [Fact]
    public void AddAWSService_applies_the_AWS_options()
    {
        var options = new AWSOptions { Region = RegionEndpoint.EUWest3, Credentials = new BasicAWSCredentials("key", "secret") };
        options.DefaultClientConfig.MaxErrorRetry = 7;
        using var services = new ServiceCollection().AddDefaultAWSOptions(options).AddAWSService<IAmazonECS>().BuildServiceProvider();
        var client = services.GetRequiredService<IAmazonECS>();

        Assert.Equal(7, client.Config.MaxErrorRetry);
        Assert.Equal("https://ecs.eu-west-3.amazonaws.com/", client.DetermineServiceOperationEndpoint(new ListTasksRequest()).URL);
    }

    [Theory]
    [InlineData("[profile thumbnails]\nendpoint_url = {0}\n")]
    [InlineData("[profile thumbnails]\nservices = local\n\n[services local]\necs =\n  endpoint_url = {0}\n")]
    public void The_client_takes_its_endpoint_from_a_profile(string profile)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "credentials"), "");
            File.WriteAllText(Path.Combine(folder, "config"), string.Format(null, profile, "http://127.0.0.1:1234"));
            var config = new AmazonECSConfig { Profile = new Profile("thumbnails", Path.Combine(folder, "credentials")) };
            Assert.Equal("http://127.0.0.1:1234/", config.ServiceURL);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("us-east-1", false, false, "https://ecs.us-east-1.amazonaws.com/")]
    [InlineData("eu-central-1", false, true, "https://ecs.eu-central-1.api.aws/")]
    [InlineData("us-east-2", true, false, "https://ecs-fips.us-east-2.amazonaws.com/")]
    [InlineData("us-east-2", true, true, "https://ecs-fips.us-east-2.api.aws/")]
    [InlineData("cn-north-1", false, false, "https://ecs.cn-north-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", true, false, "https://ecs-fips.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-iso-east-1", false, false, "https://ecs.us-iso-east-1.c2s.ic.gov/")]
    public void The_endpoint_depends_on_region_FIPS_and_dual_stack(string region, bool fips, bool dualStack, string url)
    {
        using var client = new AmazonECSClient("key", "secret", new AmazonECSConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        });
        Assert.Equal(url, client.DetermineServiceOperationEndpoint(new ListTasksRequest()).URL);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1234", true, false)]
    [InlineData("http://127.0.0.1:1234", false, true)]
    public void A_service_URL_cannot_be_combined_with_FIPS_or_dual_stack(string url, bool fips, bool dualStack)
    {
        using var client = new AmazonECSClient(
            "key", "secret", new AmazonECSConfig { ServiceURL = url, UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack });
        Assert.Throws<AmazonClientException>(() => client.DetermineServiceOperationEndpoint(new ListTasksRequest()));
    }

    [Fact]
    public void The_client_configuration_identifies_the_service()
    {
        var config = new AmazonECSConfig();

        Assert.Equal(("ECS", "ecs", "2014-11-13"), (AmazonECSConfig.ServiceId, config.RegionEndpointServiceName, config.ServiceVersion));
        Assert.Equal("ecs", config.AuthenticationServiceName);
        Assert.Contains("api/ECS", config.UserAgent, StringComparison.Ordinal);
    }

    private static void SetEnvironment(string endpointVariable, string url, string region)
    {
        Environment.SetEnvironmentVariable(endpointVariable, url);
        Environment.SetEnvironmentVariable("AWS_REGION", region);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
    }
}
