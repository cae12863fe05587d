using Amazon.ECS;
using Amazon.ECS.Model;
using Thumbnails.Api.Hosting;
using EcsTask = Amazon.ECS.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>What DescribeTasks says of a task.</summary>
/// <param name="Task">The task; null when ECS does not know it, or did not answer.</param>
/// <param name="IsKnown">False when ECS did not answer.</param>
internal readonly record struct TaskDescription(EcsTask? Task, bool IsKnown);

/// <summary>
/// Asks ECS about many tasks at once: an account has 20 calls a second for all that it does, and a call has room for 100
/// tasks. Questions that come within a moment of each other share a call.
/// </summary>
internal sealed partial class TaskDescriber(IAmazonECS ecs, FargateSettings settings, ILogger<TaskDescriber> logger)
{
    private const int MaxTasks = 100;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    // Someone waits for the answer to a GET: what ECS does not tell in this time, is told at the next one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private Dictionary<string, TaskCompletionSource<TaskDescription>> _questions = [];

    public Task<TaskDescription> DescribeAsync(string arn, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_questions.Count == 0)
                _ = AnswerSoonAsync();
            if (!_questions.TryGetValue(arn, out var question))
                _questions.Add(arn, question = new TaskCompletionSource<TaskDescription>(TaskCreationOptions.RunContinuationsAsynchronously));
            return question.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task AnswerSoonAsync()
    {
        await Task.Delay(Moment);
        Dictionary<string, TaskCompletionSource<TaskDescription>> questions;
        lock (_lock)
            (questions, _questions) = (_questions, []);
        foreach (var batch in questions.Keys.Chunk(MaxTasks))
        {
            var answers = await AskAsync(batch);
            foreach (var arn in batch)
                questions[arn].SetResult(new TaskDescription(answers?.GetValueOrDefault(arn), answers is not null));
        }
    }

    private async Task<Dictionary<string, EcsTask>?> AskAsync(string[] arns)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var request = new DescribeTasksRequest { Cluster = settings.Cluster, Tasks = [.. arns] };
            var response = await ecs.DescribeTasksAsync(request, patience.Token);
            return (response.Tasks ?? []).ToDictionary(task => task.TaskArn);
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception) || patience.IsCancellationRequested)
        {
            LogUnanswered(exception);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "DescribeTasks did not answer")]
    private partial void LogUnanswered(Exception exception);
}
