using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Notifies waiting requests that a job has ended, as far as this process knows. Other processes end jobs too, so a waiting request
/// also polls the store.
/// </summary>
internal sealed class JobCompletions
{
    public event Action<JobId>? Ended;

    public void Announce(JobId id) => Ended?.Invoke(id);
}
