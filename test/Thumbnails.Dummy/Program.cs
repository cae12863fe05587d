// A program that misbehaves on request, for tests of code that starts programs.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Workers;

return args switch
{
    ["put-if-absent", var root, var objects, var start] => await PutIfAbsentAsync(root, Number(objects), Number(start)),
    ["put-forever", var root] => await PutForeverAsync(root),
    ["hold-lock", var bucket, var id] => HoldLock(bucket, id),
    ["flood", var stream, var bytes] => Flood(stream, Number(bytes)),
    ["print-environment"] => PrintEnvironment(),
    ["hang", var pidFile] => Hang(pidFile),
    ["exit", var code] => (int)Number(code),
    _ => await WorkAsync(),
};

// Races with other processes for the same objects, and prints how many it won.
static async Task<int> PutIfAbsentAsync(string root, long objects, long start)
{
    var store = new FileObjectStore(root, TimeProvider.System);
    SpinWait.SpinUntil(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() >= start);
    var wins = 0;
    for (var i = 0; i < objects; i++)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"{Environment.ProcessId}"));
        wins += await store.PutAsync(ObjectKey.Parse($"race/{i}"), content, "text/plain", PutCondition.IfAbsent, default) ? 1 : 0;
    }

    Console.Write(wins);
    return 0;
}

// Stores an endless object, and prints a line once it has begun.
static async Task<int> PutForeverAsync(string root)
{
    var pipe = new System.IO.Pipelines.Pipe();
    await pipe.Writer.WriteAsync(new byte[10]);
    var put = new FileObjectStore(root, TimeProvider.System).PutAsync(
        ObjectKey.Parse("endless"), pipe.Reader.AsStream(), "text/plain", PutCondition.None, default);
    Console.WriteLine("begun");
    await put;
    return 0;
}

static int HoldLock(string bucket, string id)
{
    using var held = JobLock.TryTake(new StoreLocation.Bucket(bucket), JobId.Parse(id));
    Console.WriteLine(held is null ? "not held" : "held");
    Thread.Sleep(Timeout.Infinite);
    return 0;
}

static int Flood(string stream, long bytes)
{
    using var output = stream == "stdout" ? Console.OpenStandardOutput() : Console.OpenStandardError();
    var chunk = Encoding.ASCII.GetBytes(new string('x', 64 * 1024));
    for (long written = 0; written < bytes; written += chunk.Length)
        output.Write(chunk);
    return 0;
}

static int PrintEnvironment()
{
    foreach (string name in Environment.GetEnvironmentVariables().Keys)
        Console.WriteLine(name);
    return 0;
}

static int Hang(string pidFile)
{
    // Ignores an interrupt, and has a child process that must be killed too.
    Console.CancelKeyPress += (_, press) => press.Cancel = true;
    using var child = Process.Start("/bin/sleep", "1000");
    File.WriteAllText(pidFile, $"{child.Id}");
    Thread.Sleep(Timeout.Infinite);
    return 0;
}

// Replaces the worker: the name of the job's video selects how it ends.
static async Task<int> WorkAsync()
{
    var store = new FileObjectStore(Environment.GetEnvironmentVariable("STORAGE__ROOT")!, TimeProvider.System);
    var id = JobId.Parse(Environment.GetEnvironmentVariable("JOB_ID")!);
    var job = await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, default);
    await File.AppendAllTextAsync(Path.Combine(store.Root, "runs.log"), $"{id}\n");
    switch (Path.GetFileNameWithoutExtension(job!.VideoKey.ToString()))
    {
        case "hang":
            return Hang(Path.Combine(store.Root, $"{id}.pid"));
        case "crash":
            return 134;
        case "killed":
            Process.GetCurrentProcess().Kill();
            return 0;
        case "silent":
            return 0;
        default:
            await Task.Delay(50);
            var result = new JobResult { Status = JobStatus.Succeeded, StartedAt = DateTimeOffset.UtcNow, FinishedAt = DateTimeOffset.UtcNow };
            await store.PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, default);
            return 0;
    }
}

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
