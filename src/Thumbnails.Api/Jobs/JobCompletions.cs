using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>
/// Wakes those who wait for a job when this process learns that it ended. It may end without this process learning of it,
/// so whoever waits looks at the store from time to time as well.
/// </summary>
internal sealed class JobCompletions
{
    public event Action<JobId>? Ended;

    public void Announce(JobId id) => Ended?.Invoke(id);
}
