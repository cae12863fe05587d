using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Tests;

public class JobIdTests
{
    [Fact]
    public void Job_IDs_sort_newest_first_even_within_a_millisecond()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => JobId.New(TimeProvider.System).ToString()).ToList();

        Assert.Equal(ids.Order(StringComparer.Ordinal).Reverse(), ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void Job_IDs_stay_ordered_when_the_clock_steps_back()
    {
        var clock = new SettableClock { Now = DateTimeOffset.UtcNow.AddMinutes(1) };
        var first = JobId.New(clock);
        clock.Now -= TimeSpan.FromSeconds(30);
        var second = JobId.New(clock);

        Assert.True(string.CompareOrdinal(second.ToString(), first.ToString()) < 0);
    }

    [Fact]
    public void A_job_ID_round_trips_and_is_a_valid_ECS_client_token()
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
    public void A_malformed_job_ID_is_rejected(string? text) => Assert.False(JobId.TryParse(text, out _));

    private sealed class SettableClock : TimeProvider
    {
        public required DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
