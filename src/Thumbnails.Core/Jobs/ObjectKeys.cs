using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>The keys of everything in the store. The store is the only database, and this is its schema.</summary>
public static class ObjectKeys
{
    private const string DueFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The prefix of everything about jobs.</summary>
    public const string Jobs = "jobs/";

    /// <summary>The prefix of the clock's entries.</summary>
    public const string Due = "due/";

    /// <summary>The prefix of the lease for starting the jobs that wait for capacity.</summary>
    public const string StartLease = "due-lease/";

    /// <summary>The prefix of the index of jobs that have ended.</summary>
    public const string Ended = "ended/";

    /// <summary>The prefix of the videos.</summary>
    public const string Videos = "videos/";

    /// <summary>The prefix of the pictures.</summary>
    public const string Thumbnails = "thumbnails/";

    /// <summary>The key that signs the ids of uploads in parts, 32 random bytes.</summary>
    public static ObjectKey UploadSigningKey() => ObjectKey.Parse($"{ObjectKey.Secrets}uploads");

    /// <summary>A video that a client uploads. A job that awaits it has the same id.</summary>
    public static ObjectKey Video(JobId id, string fileName) => ObjectKey.Parse($"{Videos}{id}/{fileName}");

    /// <summary>The prefix of everything about one job.</summary>
    public static string JobRecords(JobId id) => $"{Jobs}{id}/";

    /// <summary>A <see cref="Jobs.Job"/>.</summary>
    public static ObjectKey Job(JobId id) => ObjectKey.Parse($"{Jobs}{id}/job.json");

    /// <summary>A <see cref="JobResult"/>.</summary>
    public static ObjectKey Result(JobId id) => ObjectKey.Parse($"{Jobs}{id}/result.json");

    /// <summary>The task that was started for an attempt at a job, counted from 1. Written once.</summary>
    public static ObjectKey Task(JobId id, int attempt) =>
        ObjectKey.Parse(attempt == 1 ? $"{Jobs}{id}/task.json" : string.Create(CultureInfo.InvariantCulture, $"{Jobs}{id}/task.{attempt}.json"));

    /// <summary>Returns whether a key is that of an attempt's task.</summary>
    public static bool IsTask(ObjectKey key) => key.ToString().Split('/') is ["jobs", _, var name] && name.StartsWith("task.", StringComparison.Ordinal);

    /// <summary>The latest task state that an event reported. Overwritten by each event.</summary>
    public static ObjectKey TaskState(JobId id) => ObjectKey.Parse($"{Jobs}{id}/state.json");

    /// <summary>A later upload deadline, because the client resumed the upload. Overwritten by each resumption.</summary>
    public static ObjectKey UploadDeadline(JobId id) => ObjectKey.Parse($"{Jobs}{id}/upload.json");

    /// <summary>
    /// A clock entry: the job must be checked no later than <paramref name="time"/>, in whole seconds. Key order is chronological. The
    /// object is empty, except for a job that waits for capacity.
    /// </summary>
    public static ObjectKey DueAt(DateTimeOffset time, JobId id) => ObjectKey.Parse($"{DueAt(time)}{id}");

    /// <summary>The prefix of the clock entries of a second.</summary>
    public static string DueAt(DateTimeOffset time) => $"{Due}{time.UtcDateTime.ToString(DueFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>Parses the key of a clock entry.</summary>
    public static bool TryParseDue(string key, out DateTimeOffset time, [NotNullWhen(true)] out JobId? id)
    {
        (time, id) = (default, null);
        return key.Split('/') is ["due", var text, var name]
            && DateTimeOffset.TryParseExact(text, DueFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)
            && JobId.TryParse(name, out id);
    }

    /// <summary>An empty index entry of a job that has ended with this status. Written just before its result.</summary>
    public static ObjectKey EndedJob(JobStatus status, JobId id) => ObjectKey.Parse($"{EndedJobs(status)}{id}");

    /// <summary>The prefix of the index entries of one status.</summary>
    public static string EndedJobs(JobStatus status) => $"{Ended}{SnakeCase.Of(status)}/";

    /// <summary>The final state of a job's webhook: delivered or failed. The first outcome wins.</summary>
    public static ObjectKey Webhook(JobId id) => ObjectKey.Parse($"{Jobs}{id}/webhook.json");

    /// <summary>The prefix of the attempts to deliver a job's webhook.</summary>
    public static string WebhookAttempts(JobId id) => $"{Jobs}{id}/webhook/";

    /// <summary>An attempt to deliver a job's webhook, counted from 1: claimed when it starts, rewritten with its outcome.</summary>
    public static ObjectKey WebhookAttempt(JobId id, int attempt) => ObjectKey.Parse(string.Create(CultureInfo.InvariantCulture, $"{WebhookAttempts(id)}{attempt:00}.json"));

    /// <summary>A picture.</summary>
    public static ObjectKey Thumbnail(OutputName name) => ObjectKey.Parse($"{Thumbnails}{name}");

    /// <summary>A sheet of a storyboard, counted from 0.</summary>
    public static ObjectKey StoryboardSheet(StoryboardName name, int sheet, PictureFormat format) =>
        ObjectKey.Parse($"{Thumbnails}{name}/{StoryboardDocument.SheetFile(sheet, format)}");

    /// <summary>The <see cref="StoryboardDocument"/> of a storyboard. Written after its sheets.</summary>
    public static ObjectKey Storyboard(StoryboardName name) => ObjectKey.Parse($"{Thumbnails}{name}/storyboard.json");

    /// <summary>A preview.</summary>
    public static ObjectKey Preview(PreviewName name) => ObjectKey.Parse($"{Thumbnails}{name}");

    /// <summary>The record of an idempotency key.</summary>
    public static ObjectKey Idempotency(string key) =>
        ObjectKey.Parse($"idempotency/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}");

    /// <summary>Returns the job of a key under <c>jobs/</c>; null for other keys.</summary>
    public static JobId? JobOf(string key) =>
        key.Split('/') is ["jobs", var id, _] && JobId.TryParse(id, out var job) ? job : null;

    /// <summary>Returns the job that may await the video with this key; null for other keys.</summary>
    public static JobId? AwaiterOf(string key) =>
        key.Split('/') is ["videos", var id, _] && JobId.TryParse(id, out var job) ? job : null;
}
