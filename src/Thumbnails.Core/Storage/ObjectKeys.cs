using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Storage;

/// <summary>Where everything lies in the store. The store is the only database, and this is its schema.</summary>
public static class ObjectKeys
{
    /// <summary>The prefix of everything about jobs.</summary>
    public const string Jobs = "jobs/";

    /// <summary>The prefix of the marks of jobs that wait for room.</summary>
    public const string QueuedJobs = "queued/";

    /// <summary>The prefix of the videos.</summary>
    public const string Videos = "videos/";

    /// <summary>The prefix of the pictures.</summary>
    public const string Thumbnails = "thumbnails/";

    /// <summary>A video that a client puts there.</summary>
    public static ObjectKey Video(string id, string fileName) => ObjectKey.Parse($"{Videos}{id}/{fileName}");

    /// <summary>A <see cref="Jobs.Job"/>.</summary>
    public static ObjectKey Job(JobId id) => ObjectKey.Parse($"{Jobs}{id}/job.json");

    /// <summary>A <see cref="JobResult"/>.</summary>
    public static ObjectKey Result(JobId id) => ObjectKey.Parse($"{Jobs}{id}/result.json");

    /// <summary>The task that was started for a job.</summary>
    public static ObjectKey Task(JobId id) => ObjectKey.Parse($"{Jobs}{id}/task.json");

    /// <summary>Marks a job that waits for room.</summary>
    public static ObjectKey Queued(JobId id) => ObjectKey.Parse($"{QueuedJobs}{id}");

    /// <summary>A picture.</summary>
    public static ObjectKey Thumbnail(OutputName name) => ObjectKey.Parse($"{Thumbnails}{name}");

    /// <summary>What an idempotency key stands for.</summary>
    public static ObjectKey Idempotency(string key) =>
        ObjectKey.Parse($"idempotency/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");

    /// <summary>The job that a key under <c>jobs/</c> belongs to; null for other keys.</summary>
    public static JobId? JobOf(string key) =>
        key.Split('/') is ["jobs", var id, _] && JobId.TryParse(id, out var job) ? job : null;
}
