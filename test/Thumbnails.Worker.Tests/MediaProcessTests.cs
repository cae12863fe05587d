using System.Text;
using System.Text.RegularExpressions;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Tests.Hostile;

namespace Thumbnails.Worker.Tests;

public class MediaProcessTests
{
    [Fact]
    public async Task A_media_program_gets_no_environment_but_the_settings_of_its_allocator()
    {
        Environment.SetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/secret");
        var exit = await RunAsync("/usr/bin/env", []);

        Assert.Equal(0, exit.Code);
        Assert.Matches("\\AGLIBC_TUNABLES=[a-z0-9._=:]+\n\\z", Encoding.UTF8.GetString(exit.Output));
    }

    [Fact]
    public async Task Standard_error_is_drained_and_only_its_tail_is_kept()
    {
        var exit = await ShellAsync("head -c 50000000 /dev/zero >&2; yes 'a line' | head -n 1000000 >&2; echo the end >&2");

        Assert.Equal(0, exit.Code);
        Assert.InRange(exit.Errors.Length, 1, 100_000);
        Assert.EndsWith("the end", exit.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_media_program_that_prints_too_much_is_killed() =>
        await Assert.ThrowsAsync<MediaOutputTooLargeException>(() => ShellAsync("yes"));

    [Fact]
    public async Task A_media_program_that_ignores_SIGINT_is_killed_with_its_children()
    {
        using var stop = new CancellationTokenSource();
        var mark = $"{Random.Shared.Next(100_000, 999_999)}.5";
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            "/bin/sh", ["-c", $"trap '' INT; sleep {mark} & echo begun >&2; sleep {mark}"], StopAtLine, stop.Token));

        Assert.Empty(RunningPrograms.About(mark));

        bool StopAtLine(string line)
        {
            stop.Cancel();
            return false;
        }
    }

    [Fact]
    public async Task The_exit_code_of_a_media_program_is_reported() => Assert.Equal(7, (await ShellAsync("exit 7")).Code);

    [Fact]
    public async Task The_kernel_enforces_the_limits_of_a_media_program()
    {
        var limits = await ShellAsync("while ! grep -q 'Max core file size *0 *0' /proc/$$/limits; do :; done; cat /proc/$$/limits");
        var text = Regex.Replace(Encoding.UTF8.GetString(limits.Output), " +", " ");

        Assert.Contains("Max file size 0 0 bytes", text, StringComparison.Ordinal);
        Assert.Contains("Max open files 64 64 files", text, StringComparison.Ordinal);
        Assert.Matches("Max cpu time [0-9]+ [0-9]+ seconds", text);
        Assert.Matches("Max address space [0-9]+ [0-9]+ bytes", text);
    }

    [Theory]
    [InlineData("kill -KILL $$", JobErrorCode.OutOfMemory)]
    [InlineData("kill -XCPU $$", JobErrorCode.TimedOut)]
    [InlineData("echo 'Exiting normally, received signal 24.' >&2; exit 255", JobErrorCode.TimedOut)]
    [InlineData("kill -SEGV $$", JobErrorCode.VideoUnreadable)]
    [InlineData("echo 'Cannot allocate memory' >&2; exit 1", JobErrorCode.VideoTooLarge)]
    [InlineData("exit 1", JobErrorCode.VideoUnreadable)]
    public async Task The_exit_of_a_media_program_determines_the_job_error(string script, JobErrorCode code) =>
        Assert.Equal(code, MediaFailure.Of(await ShellAsync(script), "It cannot be read.").Error.Code);

    private static Task<MediaExit> ShellAsync(string script) => RunAsync("/bin/sh", ["-c", script]);

    private static Task<MediaExit> RunAsync(
        string program, string[] arguments, Func<string, bool>? takeErrorLine = null, CancellationToken cancellationToken = default) =>
        MediaProcess.RunAsync(program, arguments, 1_000_000, takeErrorLine, cancellationToken);
}
