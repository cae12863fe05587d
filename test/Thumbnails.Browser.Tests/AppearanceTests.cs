using Microsoft.Playwright;

namespace Thumbnails.Browser.Tests;

/// <summary>The page in light and dark, on desktop and phone; also takes the screenshots in the README.</summary>
public sealed class AppearanceTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1280, 800, false)]
    [InlineData("dark", ColorScheme.Dark, 1280, 800, false)]
    [InlineData("phone", ColorScheme.Light, 390, 844, true)]
    public async Task Every_state_of_the_page_is_accessible_and_fits_its_viewport(string name, ColorScheme scheme, int width, int height, bool isPhone)
    {
        await using var page = await browser.OpenAsync(null, scheme, width, height, isPhone);
        await page.AssertAccessibleAsync();
        await page.AssertNothingOverflowsAsync();
        await page.ShootAsync($"start-{name}.png");

        await page.ChooseAsync(await ClipAsync());
        await page.Page.Locator("#position").FillAsync("1.5");
        await page.Page.Locator("#add").ClickAsync();
        await page.Page.Locator("#position").FillAsync("2.75");
        await page.Page.Locator("#add").ClickAsync();
        await page.AssertAccessibleAsync();
        await page.AssertNothingOverflowsAsync();
        await page.ShootAsync($"choose-{name}.png", whole: isPhone);

        await page.Submit.ClickAsync();
        await page.PicturesAsync();
        await page.AssertAccessibleAsync();
        await page.AssertNothingOverflowsAsync();
        await page.ShootAsync($"pictures-{name}.png", whole: isPhone);
        Assert.Equal(scheme == ColorScheme.Dark, await page.Page.EvaluateAsync<bool>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part < 64)"));
    }

    private Task<string> ClipAsync() => browser.Clips.GetAsync(
        "aurora.mp4",
        "-f lavfi -i gradients=size=1280x720:rate=24:duration=4:nb_colors=5:c0=0x12264a:c1=0x1f6f8b:c2=0x9ad7c9:c3=0xf4b266:c4=0xe76f6a:seed=7:speed=0.03:x0=0:y0=0:x1=1280:y1=720,format=yuv420p -c:v libx264 -preset ultrafast");
}
