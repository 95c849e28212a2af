using System.Net;
using ApiGateway.Middleware.Tests.Architecture;

namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>The program of tests/ApiGateway.AotTest, published ahead of time.</summary>
[Collection(nameof(PackagingCollection))]
public sealed class AheadOfTimeTests
{
    [Fact]
    public async Task Publish_AheadOfTime_GivesNoWarningAndAProgramThatAnswers()
    {
        Assert.SkipUnless(HasLinker(), "There is no C linker: install gcc and libc6-dev to publish ahead of time.");

        using var folder = new TemporaryFolder();
        var output = await DotnetCommand.RunAsync(
            Path.Combine(SourceTree.Root, "tests", "ApiGateway.AotTest"),
            "publish", "-c", "Release", "-o", folder.Below("out"), "--artifacts-path", folder.Below("artifacts"));
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        using var server = await ServerProcess.StartAsync(folder.Below("out/ApiGateway.AotTest"), folder.Path);

        Assert.Equal("ok", await server.Client.GetStringAsync("/"));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/healthz"));
        Assert.Equal("stage settings", await server.Client.GetStringAsync("/settings/stage"));
        Assert.Equal("order 7", await server.Client.GetStringAsync("/code/orders/7"));
        Assert.Equal("item a for 127.0.0.1", await server.Client.GetStringAsync("/code/items/a"));
        using var status = await server.Client.GetAsync("/settings/status");
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        using var unknown = await server.Client.GetAsync("/code/unknown");
        Assert.Equal("{\"message\":\"Missing Authentication Token\"}", await unknown.Content.ReadAsStringAsync());
    }

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(static folder => File.Exists(Path.Combine(folder, "gcc")) || File.Exists(Path.Combine(folder, "clang")));
}
