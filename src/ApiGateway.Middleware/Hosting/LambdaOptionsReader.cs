using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="LambdaOptions"/> from configuration, without reflection.</summary>
internal static class LambdaOptionsReader
{
    private const string Endpoint = nameof(LambdaOptions.Endpoint);

    private static readonly string[] Keys =
    [
        Endpoint, nameof(LambdaOptions.Region), nameof(LambdaOptions.Functions), nameof(LambdaOptions.AccessKeyId),
        nameof(LambdaOptions.SecretAccessKey), nameof(LambdaOptions.SessionToken),
    ];

    public static void Read(IConfigurationSection section, LambdaOptions options, List<string> failures)
    {
        options.Endpoint = section[Endpoint] ?? options.Endpoint;
        options.Region = section[nameof(options.Region)] ?? options.Region;
        options.AccessKeyId = section[nameof(options.AccessKeyId)] ?? options.AccessKeyId;
        options.SecretAccessKey = section[nameof(options.SecretAccessKey)] ?? options.SecretAccessKey;
        options.SessionToken = section[nameof(options.SessionToken)] ?? options.SessionToken;
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"Lambda:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        foreach (var function in section.GetSection(nameof(options.Functions)).GetChildren())
        {
            ReadFunction(function, function.Key, options, failures);
        }
    }

    // Configuration cuts keys at colons, so the parts of an ARN are sections within sections.
    private static void ReadFunction(IConfigurationSection section, string name, LambdaOptions options, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Value is null)
            {
                ReadFunction(child, $"{name}:{child.Key}", options, failures);
            }
            else if (child.Key.Equals(Endpoint, StringComparison.OrdinalIgnoreCase))
            {
                options.Functions[name] = child.Value;
            }
            else
            {
                failures.Add($"Lambda:Functions:{name}:{child.Key}: is not known here. Known: {Endpoint}.");
            }
        }
    }
}
