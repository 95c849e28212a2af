using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Runs the example of the guide.</summary>
public sealed class ValidationGuideTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openapi-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Guide_EachRequest_GetsItsAnswer()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "guides", "validation.md"));
        var document = guide.Split("```yaml\n")[1].Split("```")[0];
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "orders.yaml"), document);
        await using var app = await StartAsync();

        var rows = guide.Split('\n').Where(static line => line.Contains("body `", StringComparison.Ordinal) || line.Contains("body none", StringComparison.Ordinal));
        var count = 0;
        foreach (var cells in rows.Select(static row => row.Split('|', StringSplitOptions.TrimEntries)))
        {
            count++;
            Assert.Equal(cells[2].Trim('`'), await SendAsync(app, cells[1]));
        }

        Assert.Equal(4, count);
    }

    private static async Task<string> SendAsync(WebApplication app, string row)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app.Urls.First() + "/dev/orders"));
        if (row.StartsWith("`X-Tenant: a`", StringComparison.Ordinal))
        {
            request.Headers.Add("X-Tenant", "a");
        }

        if (row.Split("body `") is [_, var body])
        {
            request.Content = new StringContent(body.TrimEnd('`'), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}".TrimEnd();
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddApiGateway().AddOpenApi("orders.yaml", static options => options.AddStage("dev"));
        var app = builder.Build();
        app.UseApiGateway();
        await app.StartAsync();
        return app;
    }
}
