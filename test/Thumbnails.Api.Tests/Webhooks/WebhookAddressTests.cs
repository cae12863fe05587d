using System.Net;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api.Tests.Webhooks;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd00:ec2::23")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Loopback_and_private_IP_addresses_are_not_public(string address) =>
        Assert.False(PublicIpFilter.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.1")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2001:200::1")]
    [InlineData("2003::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a05:d018::1")]
    public void Public_IP_addresses_are_public(string address) => Assert.True(PublicIpFilter.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("0.0.0.0")]
    public async Task A_webhook_to_this_machine_is_refused_on_connect(string host)
    {
        await using var bench = await WebhookBench.StartAsync(("Webhooks:AllowPrivateAddresses", "false"));
        foreach (var scheme in (string[])["http", "https"])
        {
            var id = await bench.EndedJobAsync(new UriBuilder(bench.Receiver.Url) { Scheme = scheme, Host = host }.Uri);
            await bench.DeliverAsync(id);

            Assert.Equal("pending 1 address_not_allowed", await bench.OutcomeAsync(id));
        }

        Assert.Empty(bench.Receiver.Received);
    }

    [Fact]
    public async Task A_webhook_to_this_machine_is_sent_when_private_addresses_are_allowed()
    {
        await using var bench = await WebhookBench.StartAsync();
        var id = await bench.EndedJobAsync(new UriBuilder(bench.Receiver.Url) { Host = "localhost" }.Uri);
        await bench.DeliverAsync(id);

        Assert.Equal("delivered 1 204", await bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_connection_error_is_reported_precisely()
    {
        await using var bench = await WebhookBench.StartAsync();

        Assert.Equal("pending 1 connection_failed", await OutcomeAsync(bench, new Uri("http://127.0.0.1:1/")));
        Assert.Equal("pending 1 name_not_resolved", await OutcomeAsync(bench, new Uri("http://nowhere.invalid/")));
        Assert.Equal("pending 1 tls_failed", await OutcomeAsync(bench, new UriBuilder(bench.Receiver.Url) { Scheme = "https" }.Uri));
        bench.Receiver.Answer = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        Assert.Equal("pending 1 no_answer", await OutcomeAsync(bench, bench.Receiver.Url));
    }

    [Fact]
    public async Task A_slow_webhook_receiver_is_a_failed_attempt()
    {
        await using var bench = await WebhookBench.StartAsync(TimeSpan.FromMilliseconds(300));
        bench.Receiver.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        Assert.Equal("pending 1 timed_out", await OutcomeAsync(bench, bench.Receiver.Url));
    }

    private static async Task<string> OutcomeAsync(WebhookBench bench, Uri url)
    {
        var id = await bench.EndedJobAsync(url);
        await bench.DeliverAsync(id);
        return await bench.OutcomeAsync(id);
    }
}
