using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Redis.Tests.Hosting;

/// <summary>The settings of <c>docs/guides/redis.md</c> are read, and are the defaults.</summary>
public sealed class GuideTests
{
    private const string Begin = "```json\n";

    [Fact]
    public void Settings_OfTheGuide_AreTheDefaults()
    {
        var options = OptionsOf(new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Settings()))).Build());

        var defaults = new RedisOptions();
        Assert.Equal("127.0.0.1:6379", options.Configuration);
        Assert.Equal(
            (defaults.KeyPrefix, defaults.Cache, defaults.Mode, defaults.OnFailure, defaults.Timeout),
            (options.KeyPrefix, options.Cache, options.Mode, options.OnFailure, options.Timeout));
    }

    private static RedisOptions OptionsOf(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddApiGateway().AddRedis();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<RedisOptions>>().Value;
    }

    private static string Settings()
    {
        // Upwards from the tests' own output: the compiler's paths need not be those of this machine.
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs/guides/redis.md")))
        {
            folder = folder.Parent ?? throw new FileNotFoundException("There is no 'docs/guides/redis.md' above the tests.");
        }

        var guide = File.ReadAllText(Path.Combine(folder.FullName, "docs/guides/redis.md")).ReplaceLineEndings("\n");
        var start = guide.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
