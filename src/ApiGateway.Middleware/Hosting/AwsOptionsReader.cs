using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="AwsOptions"/> from configuration, without reflection.</summary>
internal static class AwsOptionsReader
{
    private static readonly string[] Keys =
    [
        nameof(AwsOptions.Endpoint), nameof(AwsOptions.Endpoints), nameof(AwsOptions.Region), nameof(AwsOptions.AccessKeyId),
        nameof(AwsOptions.SecretAccessKey), nameof(AwsOptions.SessionToken),
    ];

    public static void Read(IConfigurationSection section, AwsOptions options, List<string> failures)
    {
        options.Endpoint = section[nameof(options.Endpoint)] ?? options.Endpoint;
        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.AccessKeyId = section[nameof(options.AccessKeyId)] ?? options.AccessKeyId;
        options.SecretAccessKey = section[nameof(options.SecretAccessKey)] ?? options.SecretAccessKey;
        options.SessionToken = section[nameof(options.SessionToken)] ?? options.SessionToken;
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"Aws:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        foreach (var service in section.GetSection(nameof(options.Endpoints)).GetChildren())
        {
            options.Endpoints[service.Key] = service.Value ?? "";
        }
    }
}
