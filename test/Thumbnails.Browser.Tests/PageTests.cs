using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using Thumbnails.TestKit;
using static Microsoft.Playwright.Assertions;

namespace Thumbnails.Browser.Tests;

public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    // Holds back a part until the page is reloaded.
    private const string HoldSecondPart =
        """
        const { open, send } = XMLHttpRequest.prototype;
        XMLHttpRequest.prototype.open = function (method, url) { this.part = new URL(url).searchParams.get('part'); return open.apply(this, arguments); };
        XMLHttpRequest.prototype.send = function (body) { if (this.part !== '2' || sessionStorage.reloaded) send.call(this, body); };
        """;

    [Fact]
    public async Task The_page_makes_the_picture_that_its_player_shows()
    {
        await using var page = await browser.OpenAsync();
        await page.AssertAccessibleAsync();
        await page.ChooseAsync(await browser.Clips.NumberedAsync());
        await page.Page.Locator("#position").FillAsync("00:04");
        await page.Page.Locator("#position").PressAsync("Tab");
        for (var step = 0; step < 3; step++)
            await page.Page.Locator("#forward").ClickAsync();
        await page.Page.Locator("#name").FillAsync("three-after-four");
        await page.AssertAccessibleAsync();
        await page.Submit.ClickAsync();

        await page.PicturesAsync();
        Assert.Equal(123, await NumberAsync("three-after-four.png"));
        await Expect(page.Page.Locator("#results-title")).ToBeFocusedAsync();
        await page.AssertAccessibleAsync();

        var link = page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" });
        await link.ClickAsync();
        Assert.Contains("/objects/thumbnails/three-after-four.png", await page.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), StringComparison.Ordinal);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Equal("three-after-four.png", download.SuggestedFilename);
        await Expect(page.Page.Locator("#gallery").GetByText("three-after-four.png")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task One_job_makes_several_pictures_and_so_do_the_curl_commands()
    {
        await using var page = await browser.OpenAsync();
        var clip = await browser.Clips.NumberedAsync();
        await page.ChooseAsync(clip);
        foreach (var position in (string[])["1", "50%", "auto"])
        {
            await page.Page.Locator("#position").FillAsync(position);
            await page.Page.Locator("#add").ClickAsync();
        }

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Remove auto" }).ClickAsync();
        await page.Page.Locator("label[for=webp]").ClickAsync();
        await page.Page.Locator("#size").SelectOptionAsync("custom");
        await page.Page.Locator("#width").FillAsync("99999");
        await page.Submit.ClickAsync();
        await Expect(page.Page.Locator("#width-error")).ToBeVisibleAsync();
        Assert.Empty(page.Puts);
        await page.Page.Locator("#width").FillAsync("160");
        await page.Page.Locator("#name").FillAsync("several");
        await Expect(page.Submit).ToHaveTextAsync("Get 2 pictures");
        await page.Submit.ClickAsync();

        Assert.Equal(2, await (await page.PicturesAsync()).CountAsync());
        await Expect(page.Page.Locator(".picture").First).ToContainTextAsync("160 × 90");
        Assert.Equal((30, 150), (await NumberAsync("several-1.webp"), await NumberAsync("several-2.webp")));

        var commands = (await page.Page.Locator("#commands-text").TextContentAsync())!;
        Directory.CreateDirectory(browser.File("shell"));
        var script = commands.Replace("FILE='numbered.mp4'", $"FILE='{clip}'", StringComparison.Ordinal);
        var (code, lines) = await ProgramRun.ToEndAsync("sh", new Dictionary<string, string>(), "-euc", $"cd '{browser.File("shell")}'\n{script}");
        Assert.True(code == 0 && string.Concat(lines).Contains("\"succeeded\"", StringComparison.Ordinal), string.Join('\n', lines));
    }

    [Fact]
    public async Task The_page_shows_the_storyboard_on_the_seek_bar_and_the_preview_on_hover()
    {
        await using var page = await browser.OpenAsync();
        await page.ChooseAsync(await browser.Clips.NumberedAsync());
        await page.Page.GetByRole(AriaRole.Switch, new() { Name = "Storyboard" }).CheckAsync();
        await page.Page.GetByRole(AriaRole.Switch, new() { Name = "Preview" }).CheckAsync();
        await page.AssertAccessibleAsync();
        await page.Submit.ClickAsync();

        Assert.Equal(2, await (await page.PicturesAsync()).CountAsync());
        await page.AssertAccessibleAsync();
        var slider = page.Page.GetByRole(AriaRole.Slider, new() { Name = "Move through numbered-storyboard" });
        await slider.FillAsync("7.5");
        // The keyframe before 7 seconds; every 50th frame is one.
        Assert.Equal(200, await TileAsync(page, ".scrub > div"));
        var seekBar = page.Page.Locator("#seek");
        await seekBar.HoverAsync(new() { Position = new() { X = (await seekBar.BoundingBoxAsync())!.Width * 0.55f, Y = 12 } });
        await Expect(page.Page.Locator("#tile")).ToBeVisibleAsync();
        Assert.Equal(150, await TileAsync(page, "#tile > div"));

        var shot = page.Page.Locator("#gallery img").First;
        Assert.Contains("/thumbnails/numbered-00.00.000.png", await shot.GetAttributeAsync("src"), StringComparison.Ordinal);
        await shot.HoverAsync();
        Assert.Contains("/thumbnails/numbered-preview.webp", await shot.GetAttributeAsync("src"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_upload_resumes_when_the_same_file_is_chosen()
    {
        var clip = browser.File("long.mp4");
        await LargeClipAsync(clip);
        await using var page = await browser.OpenAsync(script: HoldSecondPart);
        await page.ChooseAsync(clip);
        await page.Page.Locator("#name").FillAsync("large");
        await page.Submit.ClickAsync();
        await Expect(page.Page.Locator("#upload-text")).ToContainTextAsync("50 %");
        await page.Page.Locator("#pause").ClickAsync();
        await Expect(page.Page.Locator("#upload-text")).ToContainTextAsync("paused");
        await page.AssertAccessibleAsync();
        Assert.DoesNotContain(
            Directory.GetFiles(browser.File("."), "long.mp4", SearchOption.AllDirectories), path => path.Contains("/videos/", StringComparison.Ordinal));

        await page.Page.EvaluateAsync("sessionStorage.reloaded = true");
        await page.Page.ReloadAsync();
        var sent = page.Puts.Count;
        await page.ChooseAsync(clip);
        await page.Page.Locator("#name").FillAsync("large");
        await page.Submit.ClickAsync();

        await page.PicturesAsync();
        Assert.Contains("part=2", Assert.Single(page.Puts.Skip(sent)), StringComparison.Ordinal);
        Assert.Equal(0, await NumberAsync("large.png"));
    }

    [Fact]
    public async Task The_page_explains_why_a_file_that_is_not_a_video_fails()
    {
        await File.WriteAllTextAsync(browser.File("notes.mp4"), "No video at all.");
        await using var page = await browser.OpenAsync();
        await page.ChooseAsync(browser.File("notes.mp4"));
        await Expect(page.Page.Locator("#unplayable")).ToBeVisibleAsync();
        await page.Page.Locator("#position").FillAsync("soon");
        await page.Submit.ClickAsync();
        await Expect(page.Page.Locator("#position-error")).ToContainTextAsync("Use seconds");

        await page.Page.Locator("#position").FillAsync("0");
        await page.Submit.ClickAsync();

        await Expect(page.Page.Locator("#problem-text")).ToHaveTextAsync("The file is a text file, not a video. Upload a video.");
        await Expect(page.Page.Locator("#gallery .failed").First).ToContainTextAsync("not a video. Upload a video.");
        await page.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_page_can_be_used_with_the_keyboard_alone()
    {
        await using var page = await browser.OpenAsync();
        for (var tab = 0; !await page.Page.EvaluateAsync<bool>("document.activeElement.id === 'choose'") && tab < 10; tab++)
            await page.Page.Keyboard.PressAsync("Tab");
        var chooser = await page.Page.RunAndWaitForFileChooserAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(await browser.Clips.NumberedAsync());
        await Expect(page.Page.Locator("#file-name")).ToBeFocusedAsync();
        await Expect(page.Page.Locator("#position")).Not.ToHaveValueAsync("");

        foreach (var key in (string[])["Shift+ArrowRight", "Shift+ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "a"])
            await page.Page.Keyboard.PressAsync(key);
        await Expect(page.Page.Locator(".chip")).ToHaveCountAsync(1);
        for (var tab = 0; !await page.Page.EvaluateAsync<bool>("document.activeElement.id === 'name'") && tab < 20; tab++)
            await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Control+A");
        await page.Page.Keyboard.TypeAsync("by-keyboard");
        await page.Page.Keyboard.PressAsync("Enter");

        await page.PicturesAsync();
        Assert.Equal(61, await NumberAsync("by-keyboard.png"));
    }

    [Fact]
    public async Task The_page_asks_for_an_API_key_and_can_forget_it()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("open sesame")));
        using var service = await browser.StartServiceAsync(("Auth__ApiKeys", $"me={hash}"));
        await using var page = await browser.OpenAsync(service);
        var dialog = page.Page.Locator("#key-dialog");
        await Expect(dialog).ToBeVisibleAsync();
        await page.Page.Locator("#key").FillAsync("wrong");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#key-error")).ToContainTextAsync("not valid");
        await page.AssertAccessibleAsync();
        await page.Page.Locator("#key").FillAsync("open sesame");
        await page.Page.Keyboard.PressAsync("Enter");

        await Expect(page.Page.Locator("#recent-empty")).ToBeVisibleAsync();
        await page.Page.ReloadAsync();
        await Expect(dialog).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_uploads_to_and_downloads_from_a_bucket()
    {
        using var moto = await MotoServer.StartAsync();
        using (var http = new HttpClient { BaseAddress = moto.Url })
            (await http.PutAsync(new Uri("videos-of-ours", UriKind.Relative), null)).EnsureSuccessStatusCode();
        using var service = await browser.StartServiceAsync(
            ("Storage__Root", ""), ("Storage__Bucket", "videos-of-ours"), ("Auth__AllowAnonymous", "true"),
            ("AWS_ENDPOINT_URL", moto.Url.ToString()), ("AWS_REGION", "us-east-1"), ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"));
        await using var page = await browser.OpenAsync(service);
        await page.ChooseAsync(await browser.Clips.NumberedAsync());
        await page.Submit.ClickAsync();

        await page.PicturesAsync();
        Assert.StartsWith(moto.Url.ToString(), await page.Picture.GetAttributeAsync("src"), StringComparison.Ordinal);
        var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Equal(0, NumberedClip.Read(await download.PathAsync()));
    }

    private static async Task<int> TileAsync(ThumbnailsPage page, string tile)
    {
        // The time would cover some of the number.
        await page.Page.EvaluateAsync("document.querySelector('#tile > span').style.visibility = 'hidden'");
        var picture = await page.Page.Locator(tile).ScreenshotAsync();
        return NumberedClip.Read(new MemoryStream(picture));
    }

    private async Task<int> NumberAsync(string outputName)
    {
        var job = await browser.Service.Client.ListJobsAsync().FirstAsync(job => job.Frames.Any(frame => frame.OutputName == outputName));
        await using var picture = await browser.Service.Client.GetThumbnailAsync(job.Id, outputName);
        using var copy = new MemoryStream();
        await picture.CopyToAsync(copy);
        copy.Position = 0;
        return NumberedClip.Read(copy);
    }

    // A short clip in a large file: MP4 files can contain free space.
    private static async Task LargeClipAsync(string path)
    {
        await NumberedClip.CreateAsync(path, 30);
        const int space = 128 << 20;
        await using var file = new FileStream(path, FileMode.Append);
        await file.WriteAsync((byte[])[space >> 24 & 255, space >> 16 & 255, space >> 8 & 255, space & 255, .. "free"u8]);
        file.SetLength(file.Position + space - 8);
    }
}
