namespace Thumbnails.Browser.Tests;

/// <summary>
/// Players from npm show the storyboard of a numbered clip on a page of another origin. The tests request every second of the clip
/// through each player's own API.
/// </summary>
public sealed class PlayerTests(PlayerSite site) : IClassFixture<PlayerSite>
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 100).Select(second => second + 0.5)];

    [Theory]
    [InlineData("shakaPlayer", "clip.mp4", "storyboard.vtt")]
    [InlineData("shakaPlayer", "with-storyboard.m3u8", null)]
    [InlineData("shakaPlayer", "with-storyboard.mpd", null)]
    [InlineData("dashPlayer", "with-storyboard.mpd", null)]
    [InlineData("videoJs", "clip.mp4", "storyboard.vtt")]
    [InlineData("vidstack", "clip.mp4", "storyboard.vtt")]
    [InlineData("vidstack", "clip.mp4", "storyboard.json")]
    public async Task A_player_shows_the_right_tile_at_every_second(string player, string source, string? manifest)
    {
        var page = await site.OpenAsync();
        var arguments = new { player, source, manifest = manifest is null ? null : new Uri(site.Storyboard, manifest).AbsoluteUri, times = Times };

        var numbers = await page.EvaluateAsync<int[]>(
            """
            async ({ player, source, manifest, times }) => {
              const players = await import('/players.js');
              return player === 'dashPlayer' ? players.dashPlayer(source, times) : players[player](source, manifest, times);
            }
            """,
            arguments).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(Times.Select(time => (int)(time / PlayerSite.Interval) * PlayerSite.Interval * PlayerSite.FrameRate), numbers);
    }
}
