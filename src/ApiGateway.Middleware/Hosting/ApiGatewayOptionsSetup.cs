using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="ApiGatewayOptions"/> from the gateway's configuration section, without reflection.</summary>
internal sealed class ApiGatewayOptionsSetup(SettingsSource source, IHostEnvironment? environment = null) : IConfigureOptions<ApiGatewayOptions>
{
    public void Configure(ApiGatewayOptions options)
    {
        var section = source.Section;
        var failures = new List<string>();
        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.AccountId = section[nameof(options.AccountId)] ?? options.AccountId;
        options.Partition = section[nameof(options.Partition)] ?? options.Partition;
        options.ForwardLimit = Number(section, nameof(options.ForwardLimit), options.ForwardLimit, failures);
        options.MaxConnectionsPerServer = Number(section, nameof(options.MaxConnectionsPerServer), options.MaxConnectionsPerServer, failures);
        options.MaxRateLimitKeys = Number(section, nameof(options.MaxRateLimitKeys), options.MaxRateLimitKeys, failures);
        options.MaxTemplateBytes = Number(section, nameof(options.MaxTemplateBytes), options.MaxTemplateBytes, failures);
        options.MaxTemplateIterations = Number(section, nameof(options.MaxTemplateIterations), options.MaxTemplateIterations, failures);
        options.MaxTemplateOutputBytes = Number(section, nameof(options.MaxTemplateOutputBytes), options.MaxTemplateOutputBytes, failures);
        options.MaxTemplateSteps = Number(section, nameof(options.MaxTemplateSteps), options.MaxTemplateSteps, failures);
        options.MaxTemplateNesting = Number(section, nameof(options.MaxTemplateNesting), options.MaxTemplateNesting, failures);
        options.ConnectTimeout = Duration(section, nameof(options.ConnectTimeout), options.ConnectTimeout, failures);
        options.PooledConnectionLifetime = Duration(
            section, nameof(options.PooledConnectionLifetime), options.PooledConnectionLifetime, failures);
        options.PooledConnectionIdleTimeout = Duration(
            section, nameof(options.PooledConnectionIdleTimeout), options.PooledConnectionIdleTimeout, failures);
        foreach (var proxy in section.GetSection(nameof(options.TrustedProxies)).GetChildren())
        {
            options.TrustedProxies.Add(proxy.Value ?? "");
        }

        foreach (var link in section.GetSection(nameof(options.VpcLinks)).GetChildren())
        {
            options.VpcLinks[link.Key] = link.Value ?? "";
        }

        ReadDetail(section, options, failures);
        AwsOptionsReader.Read(section.GetSection(nameof(options.Aws)), options.Aws, failures);
        WebSocketApiOptionsReader.Read(section.GetSection(nameof(options.WebSockets)), options.WebSockets, failures);
        CacheOptionsReader.Read(section.GetSection(nameof(options.Cache)), options.Cache, failures);
        LambdaOptionsReader.Read(section.GetSection(nameof(options.Lambda)), options.Lambda, failures);
        SigV4OptionsReader.Read(section.GetSection(nameof(options.SigV4)), options.SigV4, failures);
        options.SigV4.VerboseMismatch ??= environment?.IsDevelopment() == true;
        JwtOptionsReader.Read(section.GetSection(nameof(options.Jwt)), options.Jwt, failures);
        var contentRoot = environment?.ContentRootPath ?? AppContext.BaseDirectory;
        foreach (var credential in CredentialsReader.Read(section.GetSection(nameof(options.Credentials)), contentRoot, failures))
        {
            options.Credentials.Add(credential);
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(ApiGatewayOptions), failures);
        }
    }

    private static void ReadDetail(IConfigurationSection section, ApiGatewayOptions options, List<string> failures)
    {
        switch (section[nameof(options.AccessDeniedDetail)]?.ToUpperInvariant())
        {
            case null:
                break;
            case "CLASSIC":
                options.AccessDeniedDetail = AccessDeniedDetail.Classic;
                break;
            case "EXTENDED":
                options.AccessDeniedDetail = AccessDeniedDetail.Extended;
                break;
            default:
                failures.Add(
                    $"{nameof(options.AccessDeniedDetail)}: must be 'Classic' or 'Extended', but is '{section[nameof(options.AccessDeniedDetail)]}'.");
                break;
        }
    }

    private static int Number(IConfigurationSection section, string key, int fallback, List<string> failures)
    {
        var text = section[key];
        if (text is null || int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out fallback))
        {
            return fallback;
        }

        failures.Add($"{key}: must be a whole number, but is '{text}'.");
        return fallback;
    }

    private static TimeSpan Duration(IConfigurationSection section, string key, TimeSpan fallback, List<string> failures)
    {
        var text = section[key];
        if (text is null || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out fallback))
        {
            return fallback;
        }

        failures.Add($"{key}: must be a duration such as '00:00:10', but is '{text}'.");
        return fallback;
    }
}
