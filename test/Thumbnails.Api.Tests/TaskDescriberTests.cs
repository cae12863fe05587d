using System.Reflection;
using Amazon.ECS;
using Microsoft.Extensions.Logging.Abstractions;
using Thumbnails.Api.Runners.Fargate;

namespace Thumbnails.Api.Tests;

public sealed class TaskDescriberTests
{
    [Fact]
    public async Task An_unexpected_exception_reaches_every_waiting_caller()
    {
        var settings = new FargateSettings("c", "t", "worker", ["s"], [], "ENABLED", "FARGATE");
        var describer = new TaskDescriber(DispatchProxy.Create<IAmazonECS, BrokenClient>(), settings, TimeProvider.System, NullLogger<TaskDescriber>.Instance);

        var asked = Enumerable.Range(0, 3).Select(i => describer.DescribeAsync($"arn-{i % 2}", default)).ToList();
        foreach (var response in asked)
            await Assert.ThrowsAsync<NotSupportedException>(() => response.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public class BrokenClient : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
    }
}
