using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests.Models;

/// <summary>
/// Compares the client with botocore's model. The test server, which also matches the model, validates requests; it remains
/// to check that the tests send every member.
/// </summary>
public class ClientModelTests : EcsTest
{
    [ModelFact]
    public async Task Every_response_member_of_the_client_is_in_the_model_and_is_read()
    {
        foreach (var operation in Enum.GetValues<EcsOperation>())
        {
            var model = BotocoreModel.Response(operation.ToString());
            Server.Faults.Answer(operation, model);
            AssertRead(model, await CallAsync(operation), operation.ToString());
        }
    }

    [ModelFact]
    public async Task Every_modeled_error_has_its_own_exception()
    {
        foreach (var operation in Enum.GetValues<EcsOperation>())
        {
            foreach (var error in BotocoreModel.Errors(operation.ToString()))
            {
                Server.Faults.Error(operation, error, "Test error.");
                var exception = await Assert.ThrowsAnyAsync<AmazonECSException>(() => CallAsync(operation));
                Assert.Equal(error, exception.GetType().Name);
            }
        }
    }

    [Theory]
    [InlineData(EcsOperation.RunTask)]
    [InlineData(EcsOperation.DescribeTasks)]
    [InlineData(EcsOperation.StopTask)]
    [InlineData(EcsOperation.ListTasks)]
    public void The_tests_send_every_request_member(EcsOperation operation)
    {
        AmazonECSRequest[] requests = operation switch
        {
            EcsOperation.RunTask => [FullRequests.RunTask(), FullRequests.RunTaskOnSpot()],
            EcsOperation.DescribeTasks => [FullRequests.DescribeTasks("task")],
            EcsOperation.StopTask => [FullRequests.StopTask("task")],
            _ => [FullRequests.ListTasks("token"), new ListTasksRequest { StartedBy = "me" }],
        };
        AssertSet(requests);
    }

    private async Task<AmazonWebServiceResponse> CallAsync(EcsOperation operation) => operation switch
    {
        EcsOperation.RunTask => await Client.RunTaskAsync(new RunTaskRequest()),
        EcsOperation.DescribeTasks => await Client.DescribeTasksAsync(new DescribeTasksRequest()),
        EcsOperation.StopTask => await Client.StopTaskAsync(new StopTaskRequest()),
        _ => await Client.ListTasksAsync(new ListTasksRequest()),
    };

    private static void AssertRead(JsonNode? expected, object? actual, string path)
    {
        Assert.True(expected is not null, $"{path} is not in the model");
        Assert.True(actual is not null, $"{path} was not read");
        switch (actual)
        {
            case string or int or long or bool:
                Assert.Equal(expected.ToString(), JsonSerializer.SerializeToNode(actual)!.ToString());
                break;
            case ConstantClass constant:
                Assert.Equal(expected.GetValue<string>(), constant.Value);
                break;
            case DateTime time:
                Assert.Equal(expected.GetValue<double>(), (time - DateTime.UnixEpoch).TotalSeconds, 3);
                break;
            case IList list:
                Assert.Equal(expected.AsArray().Count, list.Count);
                for (var index = 0; index < list.Count; index++)
                    AssertRead(expected[index], list[index], $"{path}[{index}]");
                break;
            default:
                foreach (var property in Members(actual))
                    AssertRead(expected[NameOf(property)], property.GetValue(actual), $"{path}.{property.Name}");
                break;
        }
    }

    private static void AssertSet(IReadOnlyList<object> values)
    {
        foreach (var property in Members(values[0]))
        {
            var set = values.Select(property.GetValue).Where(value => value is not null).ToList();
            Assert.True(set.Count > 0, $"{property.DeclaringType}.{property.Name} is not set");
            var structures = set.SelectMany(value => value as IEnumerable<object> ?? [value!]).Where(IsStructure).ToList();
            if (structures.Count > 0)
                AssertSet(structures);
        }
    }

    private static bool IsStructure(object value) => value.GetType().Namespace == typeof(Container).Namespace;

    private static PropertyInfo[] Members(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
