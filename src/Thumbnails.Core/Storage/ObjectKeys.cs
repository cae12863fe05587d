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

    /// <summary>The prefix of the marks of jobs that await their video.</summary>
    public const string AwaitingJobs = "awaiting/";

    /// <summary>The prefix of the marks of jobs that owe a webhook.</summary>
    public const string OwedWebhooks = "webhooks/";

    /// <summary>The prefix of the videos.</summary>
    public const string Videos = "videos/";

    /// <summary>The prefix of the pictures.</summary>
    public const string Thumbnails = "thumbnails/";

    /// <summary>The key that signs the ids of uploads in parts, 32 random bytes.</summary>
    public static ObjectKey UploadSigningKey() => ObjectKey.Parse("keys/uploads");

    /// <summary>A video that a client puts there. A job that awaits it has the same id.</summary>
    public static ObjectKey Video(JobId id, string fileName) => ObjectKey.Parse($"{Videos}{id}/{fileName}");

    /// <summary>A <see cref="Jobs.Job"/>.</summary>
    public static ObjectKey Job(JobId id) => ObjectKey.Parse($"{Jobs}{id}/job.json");

    /// <summary>A <see cref="JobResult"/>.</summary>
    public static ObjectKey Result(JobId id) => ObjectKey.Parse($"{Jobs}{id}/result.json");

    /// <summary>The task that was started for a job.</summary>
    public static ObjectKey Task(JobId id) => ObjectKey.Parse($"{Jobs}{id}/task.json");

    /// <summary>When the video of a job that awaited it was there; such a job can start from then on.</summary>
    public static ObjectKey Upload(JobId id) => ObjectKey.Parse($"{Jobs}{id}/upload.json");

    /// <summary>Marks a job that awaits its video, and holds until when; removed once the job was started or has ended.</summary>
    public static ObjectKey Awaiting(JobId id) => ObjectKey.Parse($"{AwaitingJobs}{id}");

    /// <summary>Marks a job that waits for room.</summary>
    public static ObjectKey Queued(JobId id) => ObjectKey.Parse($"{QueuedJobs}{id}");

    /// <summary>Marks a job that owes a webhook, or will when it has ended, and holds what was done about it; removed at its end.</summary>
    public static ObjectKey OwedWebhook(JobId id) => ObjectKey.Parse($"{OwedWebhooks}{id}");

    /// <summary>How a job's webhook ended: delivered or given up. The first outcome stays.</summary>
    public static ObjectKey Webhook(JobId id) => ObjectKey.Parse($"{Jobs}{id}/webhook.json");

    /// <summary>Claims an attempt to deliver a job's webhook, counted from 1.</summary>
    public static ObjectKey WebhookAttempt(JobId id, int attempt) => ObjectKey.Parse($"{Jobs}{id}/webhook/{attempt}.json");

    /// <summary>A picture.</summary>
    public static ObjectKey Thumbnail(OutputName name) => ObjectKey.Parse($"{Thumbnails}{name}");

    /// <summary>What an idempotency key stands for.</summary>
    public static ObjectKey Idempotency(string key) =>
        ObjectKey.Parse($"idempotency/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");

    /// <summary>The job that a key under <c>jobs/</c> belongs to; null for other keys.</summary>
    public static JobId? JobOf(string key) =>
        key.Split('/') is ["jobs", var id, _] && JobId.TryParse(id, out var job) ? job : null;

    /// <summary>The job that may await the video of a key; null for what is no video's key.</summary>
    public static JobId? AwaiterOf(string key) =>
        key.Split('/') is ["videos", var id, _] && JobId.TryParse(id, out var job) ? job : null;
}
