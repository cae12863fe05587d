using Amazon.ECS.Model;
using Thumbnails.TestServers.Ecs;
using KeyValuePair = Amazon.ECS.Model.KeyValuePair;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests.Servers;

/// <summary>The test server enforces the limits of the API reference.</summary>
public class RunTaskRulesTests : EcsTest
{
    public static TheoryData<string, Action<RunTaskRequest>> Valid => new()
    {
        { "ten tasks", request => request.Count = 10 },
        { "startedBy of 128", request => request.StartedBy = new string('a', 124) + "-/_9" },
        { "a token of 64", request => request.ClientToken = new string('!', 63) + "~" },
        { "16 subnets", request => Network(request).Subnets = Many(16) },
        { "5 security groups", request => Network(request).SecurityGroups = Many(5) },
        { "8,192 characters of overrides", request => request.Overrides = OverridesOfLength(8192) },
        { "50 tags", request => request.Tags = Tags(50) },
        { "a key of 128", request => request.Tags = [new Tag { Key = new string('ä', 128), Value = "" }] },
        { "a value of 256", request => request.Tags = [new Tag { Key = "a", Value = new string('=', 256) }] },
        { "a tag without a value", request => request.Tags = [new Tag { Key = "key" }] },
        { "200 GiB of storage", request => request.Overrides = Disk(200) },
        { "a revision", request => request.TaskDefinition = "worker-family:1" },
        { "an ARN", request => request.TaskDefinition = "arn:aws:ecs:us-east-1:123456789012:task-definition/worker-family:1" },
        { "a cluster's ARN", request => request.Cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/thumbnails" },
    };

    public static TheoryData<string, Action<RunTaskRequest>> Invalid => new()
    {
        { "no task", request => request.Count = 0 },
        { "eleven tasks", request => request.Count = 11 },
        { "startedBy of 129", request => request.StartedBy = new string('a', 129) },
        { "startedBy with a space", request => request.StartedBy = "job 1" },
        { "an empty token", request => request.ClientToken = "" },
        { "a token of 65", request => request.ClientToken = new string('a', 65) },
        { "a token with a space", request => request.ClientToken = "a b" },
        { "a token that is not ASCII", request => request.ClientToken = "ä" },
        { "no network", request => request.NetworkConfiguration = null },
        { "no subnets", request => Network(request).Subnets = [] },
        { "null subnets", request => Network(request).Subnets = null },
        { "17 subnets", request => Network(request).Subnets = Many(17) },
        { "6 security groups", request => Network(request).SecurityGroups = Many(6) },
        { "an unknown assignPublicIp", request => Network(request).AssignPublicIp = "MAYBE" },
        { "8,193 characters of overrides", request => request.Overrides = OverridesOfLength(8193) },
        { "overrides of an unknown container", request => request.Overrides = ContainerNamed("other") },
        { "20 GiB of storage", request => request.Overrides = Disk(20) },
        { "51 tags", request => request.Tags = Tags(51) },
        { "a duplicate tag", request => request.Tags = [new Tag { Key = "a" }, new Tag { Key = "a" }] },
        { "a tag without a key", request => request.Tags = [new Tag { Value = "a" }] },
        { "a key of 129", request => request.Tags = [new Tag { Key = new string('a', 129) }] },
        { "a value of 257", request => request.Tags = [new Tag { Key = "a", Value = new string('a', 257) }] },
        { "a reserved tag", request => request.Tags = [new Tag { Key = "AWS:a", Value = "a" }] },
        { "a tag with a question mark", request => request.Tags = [new Tag { Key = "a?" }] },
        { "propagated service tags", request => request.PropagateTags = PropagateTags.SERVICE },
        { "no launch type", request => request.LaunchType = null },
        { "EC2 instances", request => request.LaunchType = LaunchType.EC2 },
        { "a launch type and a strategy", request => request.CapacityProviderStrategy = [Share("FARGATE")] },
        { "an unknown provider", request => Strategy(request, Share("SPOT")) },
        { "a nameless provider", request => Strategy(request, Share(null)) },
        { "a weight of 1,001", request => Strategy(request, Share("FARGATE", 1001)) },
        { "no task definition", request => request.TaskDefinition = null },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_request_within_the_limits_is_accepted(string what, Action<RunTaskRequest> change)
    {
        var request = Minimal();
        change(request);

        Assert.True((await Client.RunTaskAsync(request)).Tasks.Count > 0, what);
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_request_is_rejected(string what, Action<RunTaskRequest> change)
    {
        var request = Minimal();
        change(request);

        await Assert.ThrowsAsync<InvalidParameterException>(() => Client.RunTaskAsync(request));
        Assert.True(Server.Tasks.Count == 0, what);
    }

    [Fact]
    public async Task An_unknown_platform_version_throws_PlatformUnknownException()
    {
        var request = Minimal();
        request.PlatformVersion = "9.9.9";
        await Assert.ThrowsAsync<PlatformUnknownException>(() => Client.RunTaskAsync(request));
    }

    [Fact]
    public async Task Without_a_launch_type_the_cluster_strategy_applies()
    {
        Server.CreateCluster("spot", "FARGATE_SPOT");
        var request = Minimal();
        (request.Cluster, request.LaunchType) = ("spot", null);

        Assert.Equal("FARGATE_SPOT", (await Client.RunTaskAsync(request)).Tasks.Single().CapacityProviderName);
    }

    [Fact]
    public async Task A_family_selects_its_latest_revision()
    {
        var newest = Server.RegisterTaskDefinition(Family, new LoopbackContainerDefinition(Worker));

        Assert.Equal(newest.Arn, (await Client.RunTaskAsync(Minimal())).Tasks.Single().TaskDefinitionArn);
    }

    [Fact]
    public async Task Tags_of_the_request_override_those_of_the_task_definition()
    {
        Server.RegisterTaskDefinition(
            Family,
            definition => definition with { Tags = new Dictionary<string, string> { ["a"] = "definition", ["b"] = "definition" } },
            new LoopbackContainerDefinition(Worker));
        var request = Minimal();
        (request.PropagateTags, request.Tags) = (PropagateTags.TASK_DEFINITION, [new Tag { Key = "a", Value = "request" }]);

        var tags = (await Client.RunTaskAsync(request)).Tasks.Single().Tags;

        Assert.Equal([("a", "request"), ("b", "definition")], tags.Select(tag => (tag.Key, tag.Value)));
    }

    private static AwsVpcConfiguration Network(RunTaskRequest request) => request.NetworkConfiguration.AwsvpcConfiguration;

    private static void Strategy(RunTaskRequest request, CapacityProviderStrategyItem item) =>
        (request.LaunchType, request.CapacityProviderStrategy) = (null, [item]);

    private static CapacityProviderStrategyItem Share(string? provider, int weight = 1) =>
        new() { CapacityProvider = provider, Weight = weight };

    private static TaskOverride Disk(int size) => new() { EphemeralStorage = new EphemeralStorage { SizeInGiB = size } };

    private static TaskOverride ContainerNamed(string name) => new() { ContainerOverrides = [new ContainerOverride { Name = name }] };

    private static List<string> Many(int count) => [.. Enumerable.Range(0, count).Select(number => $"id-{number}")];

    private static List<Tag> Tags(int count) => [.. Many(count).Select(key => new Tag { Key = key, Value = "" })];

    private static TaskOverride OverridesOfLength(int length)
    {
        const string Frame = """{"containerOverrides":[{"environment":[{"name":"A","value":""}],"name":"worker"}]}""";
        var variable = new KeyValuePair { Name = "A", Value = new string('a', length - Frame.Length) };
        return new TaskOverride { ContainerOverrides = [new ContainerOverride { Name = Worker, Environment = [variable] }] };
    }
}
