using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Storyboards;

namespace Thumbnails.Worker.Tests;

/// <summary>The tiles of a storyboard, and what is decoded for them.</summary>
public sealed class StoryboardPlanTests
{
    [Theory]
    [InlineData(3600, 36.0, 36, 100)]
    [InlineData(3600, null, 10, 360)]
    [InlineData(60.1, null, 1, 61)]
    [InlineData(150, null, 1.5, 100)]
    [InlineData(3, null, 1, 3)]
    [InlineData(3.01, null, 1, 4)]
    [InlineData(0.04, null, 1, 1)]
    [InlineData(0.04, 1.0, 1, 1)]
    [InlineData(10, 10.0, 10, 1)]
    [InlineData(0.3, 0.1, 0.1, 3)]
    [InlineData(36_000, 3.6, 3.6, 10_000)]
    public void A_video_has_a_tile_for_each_interval(double duration, double? requested, double interval, int tiles)
    {
        var plan = StoryboardPlan.Of(new StoryboardRequest { Name = StoryboardName.Parse("s"), Interval = requested }, duration);
        Assert.Equal((interval, tiles), (plan.Interval, plan.Tiles));
    }

    [Theory]
    // The first tile that does not start before the keyframe.
    [InlineData(0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(9.999, 1)]
    [InlineData(10, 1)]
    [InlineData(10.001, 2)]
    [InlineData(90, 9)]
    // Not after the last one, and not a whole interval before the first.
    [InlineData(90.001, null)]
    [InlineData(-1, 0)]
    [InlineData(-10, null)]
    public void A_keyframe_serves_the_tile_that_starts_less_than_an_interval_after_it(double keyframe, int? tile) =>
        Assert.Equal(tile, new StoryboardPlan(100, 10, 10).TileOf(TimeSpan.FromSeconds(keyframe)));

    [Theory]
    // Tiles of one group of pictures are one stretch; others are, where decoding what is between them costs less than a start.
    [InlineData("1 2 3", "0 40", "0:1-3")]
    [InlineData("1 5", "0 45", "0:1-1 45:5-5")]
    [InlineData("1 2 4", "0 21.5 39", "0:1-2 39:4-4")]
    [InlineData("1 2 3", "0 21.5", "0:1-3")]
    [InlineData("0 1", "", "-:0-1")]
    [InlineData("4", "39.9 40", "40:4-4")]
    [InlineData("", "0", "")]
    public void Gaps_between_keyframes_are_decoded_completely(string gaps, string keyframes, string stretches)
    {
        var plan = new StoryboardPlan(100, 10, 10);
        var found = plan.Stretches(
            [.. Numbers(gaps).Select(number => (int)number)], [.. Numbers(keyframes).Select(TimeSpan.FromSeconds)], TimeSpan.FromSeconds(2));
        Assert.Equal(stretches, string.Join(' ', found.Select(stretch => $"{stretch.From?.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) ?? "-"}:{stretch.First}-{stretch.Last}")));
    }

    private static IEnumerable<double> Numbers(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture));
}
