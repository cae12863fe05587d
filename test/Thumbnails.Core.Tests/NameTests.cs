using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Tests;

public class NameTests
{
    [Theory]
    [InlineData("bunny.png", PictureFormat.Png)]
    [InlineData("a/b c/ü€😀.JPG", PictureFormat.Jpeg)]
    [InlineData("a.b.jpeg", PictureFormat.Jpeg)]
    [InlineData("x.webp", PictureFormat.Webp)]
    public void The_extension_of_an_output_name_selects_the_format(string text, PictureFormat format)
    {
        var name = OutputName.Parse(text);

        Assert.Equal(format, name.Format);
        Assert.Equal($"thumbnails/{text}", ObjectKeys.Thumbnail(name).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("bunny")]
    [InlineData("bunny.gif")]
    [InlineData("bunny.png/")]
    [InlineData(".png")]
    [InlineData("a/.png")]
    [InlineData("/bunny.png")]
    [InlineData("../bunny.png")]
    [InlineData("a/../bunny.png")]
    [InlineData("./bunny.png")]
    [InlineData("a//bunny.png")]
    [InlineData("a\\bunny.png")]
    [InlineData("bun\0ny.png")]
    [InlineData("bun\nny.png")]
    [InlineData("bun\u0085ny.png")]
    [InlineData("bun\u2028ny.png")]
    [InlineData("bun\ud800ny.png")]
    public void An_invalid_output_name_is_rejected(string text) => Assert.False(OutputName.TryParse(text, out _, out _));

    [Fact]
    public void An_output_name_has_at_most_200_characters_and_255_bytes_per_segment()
    {
        Assert.True(OutputName.TryParse(new string('a', 196) + ".png", out _, out _));
        Assert.False(OutputName.TryParse(new string('a', 197) + ".png", out _, out var error));
        Assert.Equal("must have at most 200 characters", error);
        Assert.False(OutputName.TryParse(new string('€', 90) + ".png", out _, out error));
        Assert.Equal("must have at most 255 bytes between slashes", error);
    }

    [Fact]
    public void JobOf_returns_the_job_of_a_key_under_jobs()
    {
        var id = JobId.New(TimeProvider.System);

        Assert.Equal(id, ObjectKeys.JobOf(ObjectKeys.Result(id).ToString()));
        Assert.Null(ObjectKeys.JobOf($"queued/{id}"));
        Assert.Null(ObjectKeys.JobOf("jobs/x/job.json"));
    }

    [Fact]
    public void AwaiterOf_returns_the_job_that_may_await_a_video()
    {
        var id = JobId.New(TimeProvider.System);

        Assert.Equal(id, ObjectKeys.AwaiterOf(ObjectKeys.Video(id, "a b.mp4").ToString()));
        Assert.All((string[])["videos/x/a.mp4", $"videos/{id}", $"videos/{id}/a/b.mp4", $"jobs/{id}/job.json"], key => Assert.Null(ObjectKeys.AwaiterOf(key)));
    }

    [Fact]
    public void A_job_status_only_moves_forward_and_final_statuses_never_change()
    {
        JobStatus[] order = [JobStatus.AwaitingUpload, JobStatus.Queued, JobStatus.Starting, JobStatus.Running];
        JobStatus[] ends = [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Canceled];
        foreach (var from in order)
        {
            Assert.All(order, to => Assert.Equal(Array.IndexOf(order, to) > Array.IndexOf(order, from), from.CanBecome(to)));
            Assert.All(ends, to => Assert.True(from.CanBecome(to)));
        }

        Assert.All(ends, from => Assert.All(Enum.GetValues<JobStatus>(), to => Assert.False(from.CanBecome(to))));
    }
}
