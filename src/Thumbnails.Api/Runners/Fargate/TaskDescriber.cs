using System.Collections.Concurrent;
using Amazon.ECS;
using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Batches and caches DescribeTasks: an account has 20 calls per second, and a call can describe 100 tasks. Requests that come
/// within a moment of each other share a call, and a response is reused for a while.
/// </summary>
internal sealed partial class TaskDescriber(IAmazonECS ecs, FargateSettings settings, TimeProvider clock, ILogger<TaskDescriber> logger)
{
    private const int MaxTasks = 100, MaxKnown = 10_000;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(25);

    // A client waits for the response to a GET. If ECS does not respond in this time, the next GET tries again.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, CachedState> _known = new();
    private Dictionary<string, TaskCompletionSource<TaskState?>> _questions = [];

    /// <summary>
    /// Returns the task's state, at most <see cref="TaskState.FreshFor"/> old. Null when ECS does not know the task; the last
    /// known state when ECS does not respond.
    /// </summary>
    public Task<TaskState?> DescribeAsync(string arn, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(arn, out var cached) && clock.GetUtcNow() - cached.At < TaskState.FreshFor)
            return Task.FromResult<TaskState?>(cached.State);
        lock (_lock)
        {
            if (_questions.Count == 0)
                _ = AnswerSoonAsync();
            if (!_questions.TryGetValue(arn, out var question))
                _questions.Add(arn, question = new TaskCompletionSource<TaskState?>(TaskCreationOptions.RunContinuationsAsynchronously));
            return question.Task.WaitAsync(cancellationToken);
        }
    }

    private async Task AnswerSoonAsync()
    {
        await Task.Delay(Moment);
        Dictionary<string, TaskCompletionSource<TaskState?>> questions;
        lock (_lock)
            (questions, _questions) = (_questions, []);
        foreach (var batch in questions.Keys.Chunk(MaxTasks))
            await AnswerAsync(batch, questions);
    }

    private async Task AnswerAsync(string[] arns, Dictionary<string, TaskCompletionSource<TaskState?>> questions)
    {
        try
        {
            var tasks = await AskAsync(arns);
            foreach (var arn in arns)
                questions[arn].SetResult(tasks is null ? LastKnown(arn) : tasks.GetValueOrDefault(arn));
        }
        catch (Exception exception)
        {
            // Whatever the failure, every waiting caller must get a response.
            foreach (var arn in arns)
                questions[arn].TrySetException(exception);
        }
    }

    private async Task<Dictionary<string, TaskState>?> AskAsync(string[] arns)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var request = new DescribeTasksRequest { Cluster = settings.Cluster, Tasks = [.. arns] };
            var response = await ecs.DescribeTasksAsync(request, patience.Token);
            var states = (response.Tasks ?? []).DistinctBy(task => task.TaskArn)
                .ToDictionary(task => task.TaskArn, task => TaskOutcome.Of(task, settings.Container));
            Remember(states);
            return states;
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception) || patience.IsCancellationRequested)
        {
            LogUnanswered(exception);
            return null;
        }
    }

    private TaskState LastKnown(string arn) => _known.TryGetValue(arn, out var cached) ? cached.State : TaskState.Unknown;

    private void Remember(Dictionary<string, TaskState> states)
    {
        // Only a cache, so clearing all of it now and then is good enough.
        if (_known.Count >= MaxKnown)
            _known.Clear();
        foreach (var (arn, state) in states)
            _known[arn] = new CachedState(clock.GetUtcNow(), state);
    }

    private readonly record struct CachedState(DateTimeOffset At, TaskState State);

    [LoggerMessage(LogLevel.Warning, "DescribeTasks failed")]
    private partial void LogUnanswered(Exception exception);
}
