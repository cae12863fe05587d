using System.Globalization;
using System.Web;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Tests;

public class UrlSignerTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly SignedGrant Upload = new("PUT", ObjectKey.Parse("videos/1/a b.mp4"), 10, "video/mp4");

    private readonly FixedClock _clock = new();
    private readonly UrlSigner _signer;

    public UrlSignerTests() => _signer = new UrlSigner(new byte[32], _clock);

    [Fact]
    public void A_signed_URL_allows_the_granted_request()
    {
        var (expires, signature) = Sign();

        Assert.True(_signer.Allows(Upload, expires, signature));
    }

    [Fact]
    public void A_signed_URL_allows_no_other_request()
    {
        var (expires, signature) = Sign();

        Assert.False(_signer.Allows(Upload with { Method = "GET" }, expires, signature));
        Assert.False(_signer.Allows(Upload with { Key = ObjectKey.Parse("videos/1/b.mp4") }, expires, signature));
        Assert.False(_signer.Allows(Upload with { Length = 11 }, expires, signature));
        Assert.False(_signer.Allows(Upload with { ContentType = "text/html" }, expires, signature));
        Assert.False(_signer.Allows(Upload, expires + 1, signature));
        Assert.False(_signer.Allows(Upload, expires, signature[..^1] + (signature[^1] == 'A' ? 'B' : 'A')));
        Assert.False(_signer.Allows(Upload, expires, ""));
        Assert.False(new UrlSigner([.. Enumerable.Repeat((byte)1, 32)], _clock).Allows(Upload, expires, signature));
    }

    [Fact]
    public void A_signed_URL_expires()
    {
        var (expires, signature) = Sign();
        _clock.Now += TimeSpan.FromSeconds(60);

        Assert.False(_signer.Allows(Upload, expires, signature));
    }

    private (long Expires, string Signature) Sign()
    {
        var address = _signer.Sign(Upload, TimeSpan.FromSeconds(60), new Dictionary<string, string>());
        Assert.StartsWith("/objects/videos/1/a%20b.mp4?", address.Url.OriginalString, StringComparison.Ordinal);
        Assert.Equal(Now.AddSeconds(60), address.ExpiresAt);
        var query = HttpUtility.ParseQueryString(address.Url.OriginalString.Split('?')[1]);
        return (long.Parse(query["expires"]!, CultureInfo.InvariantCulture), query["signature"]!);
    }

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = UrlSignerTests.Now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
