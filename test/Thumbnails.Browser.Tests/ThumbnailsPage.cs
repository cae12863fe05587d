using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Thumbnails.Browser.Tests;

/// <summary>The page, used as a person would. An error in its console fails the test.</summary>
public sealed class ThumbnailsPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<string> _puts = new();

    private ThumbnailsPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        // Registered early: Playwright does not wait until the interception of file choosers is active.
        page.FileChooser += (_, _) => { };
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // The page explains problem responses itself.
            if (message.Type == "error" && !message.Text.Contains("the server responded with a status", StringComparison.Ordinal))
                _complaints.Enqueue(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (request.Method == "PUT")
                _puts.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Puts => _puts;

    public ILocator Picture => Page.Locator(".picture img");

    public ILocator Submit => Page.Locator("#submit");

    public static async Task<ThumbnailsPage> OpenAsync(IBrowserContext context)
    {
        var page = new ThumbnailsPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync("");
        return page;
    }

    /// <summary>Chooses a file and waits for the player.</summary>
    public async Task ChooseAsync(string path)
    {
        await Page.Locator("#file").SetInputFilesAsync(path);
        await ReadyAsync();
    }

    /// <summary>Waits until the player is ready or reports that it cannot play the file.</summary>
    public Task ReadyAsync() => Page.WaitForFunctionAsync("() => document.getElementById('position').value !== ''");

    /// <summary>Waits until all pictures of a job are shown.</summary>
    public async Task<ILocator> PicturesAsync()
    {
        await Picture.First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.picture img')].every(image => image.complete && image.naturalWidth > 0)");
        return Picture;
    }

    public async Task ShootAsync(string name, bool whole = false)
    {
        await Page.EvaluateAsync("document.activeElement.blur()");
        await Page.WaitForFunctionAsync("() => [...document.images].filter(image => image.loading !== 'lazy').every(image => image.complete)");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Screenshot(name), FullPage = whole, Animations = ScreenshotAnimations.Disabled });
    }

    public async Task AssertAccessibleAsync()
    {
        var result = await Page.RunAxe();
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {string.Join("; ", violation.Nodes.Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))}"));
    }

    public async Task AssertNothingOverflowsAsync() => Assert.Equal(
        0, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_complaints);
    }
}
