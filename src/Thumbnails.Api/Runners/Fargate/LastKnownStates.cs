using System.Collections.Concurrent;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>What was last seen of tasks, for when ECS does not answer.</summary>
internal sealed class LastKnownStates
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<JobId, TaskState> _states = new();

    public TaskState? Of(JobId id) => _states.GetValueOrDefault(id);

    public void Remember(JobId id, TaskState state)
    {
        // It only helps out: forgetting all of it now and then is good enough.
        if (_states.Count >= Most)
            _states.Clear();
        _states[id] = state;
    }
}
