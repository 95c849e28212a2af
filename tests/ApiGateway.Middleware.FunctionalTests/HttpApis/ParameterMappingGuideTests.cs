using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Carries out the examples of the guide to parameter mapping: a request line with its headers, and what comes of it.</summary>
public sealed class ParameterMappingGuideTests
{
    [Fact]
    public async Task Examples_OfTheGuide_AnswerAsWritten()
    {
        await using var backend = await TestBackend.StartAsync(AnswerAsync);
        var guide = new Guide("parameter-mapping.md");
        var settings = guide.BlocksOf("json");
        var exchanges = guide.BlocksOf("text");

        Assert.NotEmpty(settings);
        Assert.Equal(settings.Length, exchanges.Length);
        foreach (var (json, text) in settings.Zip(exchanges))
        {
            await using var host = await TestHost.StartAsync(json.Replace("http://localhost:5001", backend.Url, StringComparison.Ordinal));
            var lines = text.Trim().Split('\n');
            for (var i = 0; i < lines.Length; i += 2)
            {
                Assert.Equal(lines[i + 1], await AskAsync(host, lines[i].Split(' ')));
            }
        }
    }

    // The target, and the headers that the examples are about.
    private static Task AnswerAsync(HttpContext http)
    {
        var segments = http.Request.Path.Value!.Split('/');
        http.Response.StatusCode = segments[1] == "status" ? int.Parse(segments[2], System.Globalization.CultureInfo.InvariantCulture) : 200;
        if (segments[1] == "status")
        {
            http.Response.Headers["x-internal"] = "yes";
        }

        var headers = http.Request.Headers.Where(static header => header.Key.ToLowerInvariant() is "x-tag" or "x-user" or "x-region")
            .OrderBy(static header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static header => $" {header.Key.ToLowerInvariant()}={header.Value}");
        return http.Response.WriteAsync(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget + string.Concat(headers));
    }

    private static async Task<string> AskAsync(TestHost host, string[] request)
    {
        var headers = request.Skip(2).Select(static header => header.Split('=')).Select(static parts => (parts[0], parts[1])).ToArray();
        using var response = await host.SendAsync(new HttpMethod(request[0]), request[1], headers);
        var mapped = response.Headers.Where(static header => header.Key.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            .Select(static header => $" {header.Key}={string.Join(',', header.Value)}");
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}{string.Concat(mapped)}";
    }
}
