using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Wakes whoever waits for a job when this process learns that it ended. A job may end without that, so whoever waits looks at the
/// store from time to time as well.
/// </summary>
internal sealed class JobCompletions
{
    public event Action<JobId>? Ended;

    public void Announce(JobId id) => Ended?.Invoke(id);
}
