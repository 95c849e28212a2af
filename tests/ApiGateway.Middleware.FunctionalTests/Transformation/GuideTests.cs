using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>Carries out the examples of the guide.</summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Examples_OfTheGuide_AnswerAsWritten()
    {
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync(
            $$"""{"target":"{{http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}}"}"""));
        var guide = new Guide("transformation.md");
        var settings = guide.BlocksOf("json").ToList();
        var exchanges = guide.BlocksOf("text").ToList();

        Assert.NotEmpty(settings);
        Assert.Equal(settings.Count, exchanges.Count);
        foreach (var (json, text) in settings.Zip(exchanges))
        {
            await using var host = await TestHost.StartAsync(json.Replace("http://localhost:5001", backend.Url, StringComparison.Ordinal));
            var lines = text.Trim().Split('\n');
            for (var i = 0; i < lines.Length; i += 2)
            {
                Assert.Equal(lines[i + 1], await AskAsync(host, lines[i].Split(' ', 3)));
            }
        }
    }

    private static async Task<string> AskAsync(TestHost host, string[] request)
    {
        using var response = request[0] == "GET"
            ? await host.GetAsync(request[1])
            : await host.PostAsync(request[1], request[2]);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
