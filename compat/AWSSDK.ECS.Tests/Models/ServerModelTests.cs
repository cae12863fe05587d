using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs;

namespace Amazon.ECS.Tests.Models;

public class ServerModelTests
{
    [ModelFact]
    public void The_test_server_accepts_exactly_the_members_in_the_model()
    {
        var server = LoopbackEcs.DescribeRequests();

        foreach (var (operation, shape) in BotocoreModel.Requests.AsObject())
            Assert.True(JsonNode.DeepEquals(shape, server[operation]), $"{operation} should be {shape} but is {server[operation]}");
    }
}
