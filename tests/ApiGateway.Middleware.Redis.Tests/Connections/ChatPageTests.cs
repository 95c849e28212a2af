using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Tests.Throttling;
using Microsoft.Playwright;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

/// <summary>The page of the sample with rooms, in a browser: two hosts, one Redis.</summary>
public sealed class ChatPageTests
{
    private const string Chromium = "/usr/bin/chromium";

    [Fact]
    public async Task Page_OnTwoHosts_ShowsWhatIsSaid()
    {
        Assert.SkipUnless(File.Exists(Chromium), "chromium is not installed.");
        await using var server = await RedisServer.StartAsync();
        await using var one = await GatewayProcess.StartAsync("WebSocketChat", server);
        await using var other = await GatewayProcess.StartAsync("WebSocketChat", server);
        using var playwright = await Playwright.CreateAsync().InTime();
        await using var browser = await playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox"], Timeout = (float)Wait.Limit.TotalMilliseconds });
        var ann = await OpenAsync(browser, one);
        var bob = await OpenAsync(browser, other);

        await JoinAsync(ann, "ann");
        await ShowsAsync(ann, "*: ann is here");
        await JoinAsync(bob, "bob <b>");
        await ShowsAsync(ann, "*: ann is here", "*: bob <b> is here");
        await ShowsAsync(bob, "*: bob <b> is here");
        await SayAsync(ann, "hi");
        await ShowsAsync(bob, "*: bob <b> is here", "ann: hi");
        await SayAsync(bob, "héllo \"\\ 😀");
        await ShowsAsync(ann, "*: ann is here", "*: bob <b> is here", "ann: hi", "bob <b>: héllo \"\\ 😀");
        await bob.CloseAsync();
        await ShowsAsync(ann, "*: ann is here", "*: bob <b> is here", "ann: hi", "bob <b>: héllo \"\\ 😀", "*: bob <b> has left");
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, GatewayProcess process)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(process.Client.BaseAddress!.AbsoluteUri);
        return page;
    }

    private static async Task JoinAsync(IPage page, string name)
    {
        await page.GetByPlaceholder("name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
    }

    private static async Task SayAsync(IPage page, string text)
    {
        await page.GetByPlaceholder("text").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Say" }).ClickAsync();
    }

    private static Task ShowsAsync(IPage page, params string[] lines) =>
        Assertions.Expect(page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(lines, new() { Timeout = (float)Wait.Limit.TotalMilliseconds });
}
