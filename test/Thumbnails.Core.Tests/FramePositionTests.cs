using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Tests;

public class FramePositionTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("8", 8_000_000)]
    [InlineData("8.5", 8_500_000)]
    [InlineData("8.3333333333333339", 8_333_333)]
    [InlineData("0.0000005", 1)]
    [InlineData("00:08", 8_000_000)]
    [InlineData("1:30", 90_000_000)]
    [InlineData("90:00", 5_400_000_000)]
    [InlineData("00:00:08.5", 8_500_000)]
    [InlineData("1:02:03.250", 3_723_250_000)]
    [InlineData("100:00:00", 360_000_000_000)]
    public void A_position_is_parsed_to_the_microsecond(string text, long microseconds)
    {
        var position = FramePosition.Parse(text);

        Assert.Equal(TimeSpan.FromMicroseconds(microseconds), position.Time);
        Assert.Equal(position.Time, position.In(TimeSpan.FromDays(1)));
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [InlineData("0%", 0)]
    [InlineData("50%", 30_000)]
    [InlineData("33.3%", 19_980)]
    [InlineData("100%", 60_000)]
    public void A_percentage_position_is_relative_to_the_duration(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), FramePosition.Parse(text).In(TimeSpan.FromMinutes(1)));

    [Fact]
    public void An_auto_position_has_no_time()
    {
        Assert.True(FramePosition.Parse("auto").IsAuto);
        Assert.Null(FramePosition.Parse("auto").In(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" 8")]
    [InlineData("8 ")]
    [InlineData("8\n")]
    [InlineData("-1")]
    [InlineData("-0:01")]
    [InlineData("+8")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("8,5")]
    [InlineData("8.")]
    [InlineData(".5")]
    [InlineData("1.2.3")]
    [InlineData("1:5")]
    [InlineData("1:60")]
    [InlineData("1:60:00")]
    [InlineData("1:2:03")]
    [InlineData("1:02:03:04")]
    [InlineData("00:08%")]
    [InlineData("101%")]
    [InlineData("-1%")]
    [InlineData("%")]
    [InlineData("50 %")]
    [InlineData("AUTO")]
    [InlineData("middle")]
    [InlineData("٨")]
    [InlineData("9999999999")]
    [InlineData("8s")]
    public void A_malformed_or_ambiguous_position_is_rejected(string? text)
    {
        Assert.False(FramePosition.TryParse(text, out _, out var error));
        Assert.StartsWith("must ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_error_says_what_is_wrong()
    {
        Assert.Equal("must have less than 60 seconds after the colon", Error("1:60"));
        Assert.Equal("must have less than 60 minutes after the colon", Error("1:60:00"));
        Assert.Equal("must be at most 100%", Error("100.5%"));
        Assert.Equal("must not be negative", Error("-1"));

        static string? Error(string text) => FramePosition.TryParse(text, out _, out var error) ? null : error;
    }
}
