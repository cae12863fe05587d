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

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Try the sample" }).ClickAsync();
        await page.ReadyAsync();
        await page.Page.Locator("#position").FillAsync("4.5");
        await page.Page.Locator("#add").ClickAsync();
        await page.Page.Locator("#position").FillAsync("8.125");
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
}
