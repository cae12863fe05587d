using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Thumbnails.Browser.Tests;

/// <summary>Swagger UI, used by a person who changes nothing that is filled in.</summary>
public sealed class SwaggerTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Swagger_UI_makes_a_picture_with_its_example_values_and_credentials()
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("open sesame")));
        using var service = await browser.StartServiceAsync(("Auth__ApiKeys", $"me={hash}"));
        await using var page = await browser.OpenAsync(service, height: 1200);
        await page.Page.GotoAsync("swagger");
        await ExecuteAsync(page.Page, "CreateUpload", 401);
        await AuthorizeAsync(page.Page, ("ApiKey", "open sesame"), ("Bearer", "a.b.c"));

        var request = await page.Page.RunAndWaitForRequestAsync(() => ExecuteAsync(page.Page, "CreateUpload", 201), "**/uploads");
        Assert.Equal("Bearer a.b.c", await request.HeaderValueAsync("Authorization"));
        var sample = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.Locator("a[href$='sample.mp4']").ClickAsync(new() { Modifiers = [KeyboardModifier.Alt] }));
        await (await OpenAsync(page.Page, "PutObject")).Locator("input[type=file]").SetInputFilesAsync(await sample.PathAsync());
        await ExecuteAsync(page.Page, "PutObject", 200);
        await ExecuteAsync(page.Page, "CreateJob", 200);
        await ExecuteAsync(page.Page, "GetJob", 200);
        await ExecuteAsync(page.Page, "GetThumbnail", 200);
        await Expect(page.Page.Locator("[id$=-GetThumbnail] img")).ToHaveJSPropertyAsync("naturalWidth", 1280);
        await ExecuteAsync(page.Page, "GetStoryboardVtt", 200);
    }

    private static async Task<ILocator> OpenAsync(IPage page, string operation)
    {
        var block = page.Locator($"[id$=-{operation}]");
        if (await block.Locator("button.execute").CountAsync() == 0)
            await block.Locator(".opblock-summary-control").First.ClickAsync();
        return block;
    }

    private static async Task ExecuteAsync(IPage page, string operation, int status)
    {
        var block = await OpenAsync(page, operation);
        await block.Locator("button.execute").ClickAsync();
        await Expect(block.Locator(".live-responses-table tbody .response-col_status").First).ToContainTextAsync($"{status}");
    }

    private static async Task AuthorizeAsync(IPage page, params (string Scheme, string Value)[] credentials)
    {
        await page.Locator(".auth-wrapper button.authorize").ClickAsync();
        foreach (var (scheme, value) in credentials)
        {
            var form = page.Locator(".auth-container").Filter(new() { HasText = scheme });
            await form.Locator("input").FillAsync(value);
            await form.GetByRole(AriaRole.Button, new() { Name = "Apply credentials" }).ClickAsync();
        }

        await page.Locator(".auth-container .btn-done").First.ClickAsync();
    }
}
