using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Tests;

public class JobIdTests
{
    [Fact]
    public void Ids_sort_newest_first_even_within_one_millisecond()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => JobId.New(TimeProvider.System).ToString()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal).Reverse(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_clock_that_steps_back_does_not_break_the_order()
    {
        var clock = new SettableClock { Now = DateTimeOffset.UtcNow.AddMinutes(1) };
        var first = JobId.New(clock);
        clock.Now -= TimeSpan.FromSeconds(30);
        var second = JobId.New(clock);

        Assert.True(string.CompareOrdinal(second.ToString(), first.ToString()) < 0);
    }

    [Fact]
    public void An_id_is_read_back_and_fits_what_ECS_takes()
    {
        var id = JobId.New(TimeProvider.System);

        Assert.Equal(id, JobId.Parse(id.ToString()));
        Assert.Matches("^[0-9a-z]{26}$", id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("zybqw3jh1e6rzkym69v2cjen0")]
    [InlineData("zybqw3jh1e6rzkym69v2cjen0zz")]
    [InlineData("ZYBQW3JH1E6RZKYM69V2CJEN0Z")]
    [InlineData("zybqw3jh1e6rzkym69v2cjenil")]
    [InlineData("../../../../../etc/passwd.")]
    public void What_is_not_an_id_is_refused(string? text) => Assert.False(JobId.TryParse(text, out _));

    private sealed class SettableClock : TimeProvider
    {
        public required DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
