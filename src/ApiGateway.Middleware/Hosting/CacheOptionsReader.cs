using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="CacheOptions"/> from configuration, without reflection.</summary>
internal static class CacheOptionsReader
{
    private const string Section = "Cache";

    private static readonly string[] Keys = [nameof(CacheOptions.EncryptionKey), nameof(CacheOptions.StoreTimeout)];

    public static void Read(IConfigurationSection section, CacheOptions options, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{Section}:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        options.EncryptionKey = section[nameof(options.EncryptionKey)] ?? options.EncryptionKey;
        if (section[nameof(options.StoreTimeout)] is { } text)
        {
            if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout))
            {
                options.StoreTimeout = timeout;
            }
            else
            {
                failures.Add($"{Section}:{nameof(options.StoreTimeout)}: must be a duration such as '00:00:00.250', but is '{text}'.");
            }
        }
    }
}
