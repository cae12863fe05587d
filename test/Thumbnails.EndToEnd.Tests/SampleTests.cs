using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The sample requests, sent to the published service.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Published.Repository, "samples");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_Bruno_collection_passes()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var bruno = Path.Combine(Published.Repository, "artifacts", "bruno", "node_modules", ".bin", "bru");
        var (code, lines) = await ProgramRun.ToEndAsync(
            "sh", new Dictionary<string, string>(), "-euc", "cd \"$1\" && exec \"$2\" run --env local --env-var \"service=$3\"", "sh", Path.Combine(Samples, "bruno"), bruno, service.Address.AbsoluteUri.TrimEnd('/'));

        Assert.True(code == 0, string.Join('\n', lines));
    }

    [Fact]
    public async Task Every_request_of_the_HTTP_file_succeeds_or_fails_as_its_title_says()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        using var http = new HttpClient();
        var requests = new HttpFile(Path.Combine(Samples, "thumbnails.http"), service.Address.AbsoluteUri.TrimEnd('/'));
        foreach (var title in requests.Titles)
        {
            var (status, body) = await requests.SendAsync(title, http);
            Assert.True(title.Contains($": {status},", StringComparison.Ordinal) || status is >= 200 and < 300, $"{title}: {status} {body}");
        }

        Assert.True(requests.Titles.Count > 5);
    }
}
