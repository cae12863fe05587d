using System.Diagnostics;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;
using Thumbnails.TestKit;

namespace Thumbnails.Core.Tests;

public sealed class JobLockTests
{
    private readonly StoreLocation _store = new StoreLocation.Bucket(Guid.NewGuid().ToString("N"));
    private readonly JobId _job = JobId.New(TimeProvider.System);

    [Fact]
    public void A_job_lock_has_one_holder()
    {
        using (var held = JobLock.TryTake(_store, _job))
        {
            Assert.NotNull(held);
            Assert.Null(JobLock.TryTake(_store, _job));
            using var otherJob = JobLock.TryTake(_store, JobId.New(TimeProvider.System));
            using var otherStore = JobLock.TryTake(new StoreLocation.Folder(_store.ToString()), _job);
            Assert.NotNull(otherJob);
            Assert.NotNull(otherStore);
        }

        using var again = JobLock.TryTake(_store, _job);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task A_killed_process_releases_its_job_lock()
    {
        using var holder = Process.Start(new ProcessStartInfo(DummyProgram.Path, ["hold-lock", _store.ToString(), _job.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync());
        Assert.Null(JobLock.TryTake(_store, _job));
        holder.Kill();
        await holder.WaitForExitAsync();

        using var taken = JobLock.TryTake(_store, _job);
        Assert.NotNull(taken);
    }
}
