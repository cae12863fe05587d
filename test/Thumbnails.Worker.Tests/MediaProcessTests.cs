using System.Text;
using Thumbnails.TestKit;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Tests;

public class MediaProcessTests
{
    [Fact]
    public async Task A_program_gets_no_environment()
    {
        Environment.SetEnvironmentVariable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/secret");
        var exit = await RunAsync("print-environment");

        Assert.Equal("", Encoding.UTF8.GetString(exit.Output));
    }

    [Fact]
    public async Task Standard_error_is_drained_however_long_its_lines_and_only_its_tail_is_kept()
    {
        var exit = await RunAsync("flood", "stderr", "50000000");

        Assert.Equal(0, exit.Code);
        Assert.InRange(exit.Errors.Length, 1, 100_000);
    }

    [Fact]
    public async Task A_program_that_prints_too_much_is_ended() =>
        await Assert.ThrowsAsync<MediaOutputTooLargeException>(() => RunAsync("flood", "stdout", "500000000"));

    [Fact]
    public async Task A_program_that_ignores_an_interrupt_is_killed_with_its_children()
    {
        using var folder = new TempFolder();
        using var stop = new CancellationTokenSource();
        var running = RunAsync(stop.Token, "hang", folder["pid"]);
        while (!File.Exists(folder["pid"]))
            await Task.Delay(10);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.False(DummyProgram.IsAlive(folder["pid"]));
    }

    [Fact]
    public async Task An_exit_code_is_told() => Assert.Equal(7, (await RunAsync("exit", "7")).Code);

    private static Task<MediaExit> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    private static Task<MediaExit> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        MediaProcess.RunAsync(DummyProgram.Path, arguments, 1_000_000, null, cancellationToken);
}
