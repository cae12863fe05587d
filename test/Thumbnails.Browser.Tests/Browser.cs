using System.Runtime.InteropServices;
using Microsoft.Playwright;
using Thumbnails.TestKit;

namespace Thumbnails.Browser.Tests;

/// <summary>The published service and the installed Chromium.</summary>
public sealed class Browser : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Service? _service;

    public ClipLibrary Clips { get; } = new();

    public Service Service => _service!;

    public async Task InitializeAsync()
    {
        _service = await StartServiceAsync();
        // Machines can be busy; only a failing test waits this long.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        string[] arguments = ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"];
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given : "/usr/bin/chromium",
            // Chromium's sandbox does not work for root.
            ChromiumSandbox = getuid() != 0,
            Args = arguments,
        });
    }

    public Task<Service> StartServiceAsync(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string> { ["Storage__Root"] = _folder[Guid.NewGuid().ToString("N")] };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return Service.StartAsync(Path.Combine(Artifacts.Folder, "api", "Thumbnails.Api"), environment);
    }

    public string File(string name) => _folder[name];

    public async Task<ThumbnailsPage> OpenAsync(
        Service? service = null, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800, bool isPhone = false, string? script = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = (service ?? Service).Address.ToString(),
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = isPhone,
            IsMobile = isPhone,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(30_000);
        if (script is not null)
            await context.AddInitScriptAsync(script);
        return await ThumbnailsPage.OpenAsync(context);
    }

    /// <summary>Opens an empty page.</summary>
    public Task<IPage> NewPageAsync() => _browser!.NewPageAsync();

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _service?.Dispose();
    }

    // xunit calls this after DisposeAsync.
    public void Dispose()
    {
        Clips.Dispose();
        _folder.Dispose();
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint getuid();
}
