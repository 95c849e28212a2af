using System.Globalization;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="JwtOptions"/> from configuration, without reflection, and checks their ranges.</summary>
internal static class JwtOptionsReader
{
    private const string Section = "Jwt";

    private static readonly string[] Keys =
    [
        nameof(JwtOptions.JwksTtl), nameof(JwtOptions.JwksMaxStale), nameof(JwtOptions.ClockSkew), nameof(JwtOptions.ExtendHttpApiKeys), nameof(JwtOptions.UnknownKidRefreshInterval),
        nameof(JwtOptions.AllowInsecureJwks), nameof(JwtOptions.TokenCacheSize), nameof(JwtOptions.UserPools),
    ];

    private static readonly string[] PoolKeys = [nameof(UserPoolOptions.Issuer), nameof(UserPoolOptions.JwksUri)];

    public static void Read(IConfigurationSection section, JwtOptions options, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{Section}:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        options.JwksTtl = Duration(section, nameof(options.JwksTtl), options.JwksTtl, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), failures);
        options.JwksMaxStale = Duration(
            section, nameof(options.JwksMaxStale), options.JwksMaxStale, options.JwksTtl, TimeSpan.FromDays(365), failures);
        options.UnknownKidRefreshInterval = Duration(
            section, nameof(options.UnknownKidRefreshInterval), options.UnknownKidRefreshInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), failures);
        options.ClockSkew = Duration(section, nameof(options.ClockSkew), options.ClockSkew, TimeSpan.Zero, TimeSpan.FromMinutes(5), failures);
        options.AllowInsecureJwks = Flag(section, nameof(options.AllowInsecureJwks), options.AllowInsecureJwks, failures);
        options.ExtendHttpApiKeys = Flag(section, nameof(options.ExtendHttpApiKeys), options.ExtendHttpApiKeys, failures);
        ReadUserPools(section.GetSection(nameof(options.UserPools)), options, failures);
        if (section[nameof(options.TokenCacheSize)] is { } size)
        {
            if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                options.TokenCacheSize = count;
            }
            else
            {
                failures.Add($"{Section}:{nameof(options.TokenCacheSize)}: must be a whole number from 0, but is '{size}'.");
            }
        }
    }

    private static void ReadUserPools(IConfigurationSection section, JwtOptions options, List<string> failures)
    {
        foreach (var entry in section.GetChildren())
        {
            foreach (var child in entry.GetChildren())
            {
                if (!PoolKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
                {
                    failures.Add(
                        $"{Section}:{nameof(options.UserPools)}:{entry.Key}:{child.Key}: is not known here. Known: {string.Join(", ", PoolKeys)}.");
                }
            }

            options.UserPools[entry.Key] = new UserPoolOptions
            {
                Issuer = entry[nameof(UserPoolOptions.Issuer)],
                JwksUri = entry[nameof(UserPoolOptions.JwksUri)],
            };
        }
    }

    private static bool Flag(IConfigurationSection section, string key, bool fallback, List<string> failures)
    {
        if (section[key] is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        failures.Add($"{Section}:{key}: must be 'true' or 'false', but is '{text}'.");
        return fallback;
    }

    private static TimeSpan Duration(
        IConfigurationSection section, string key, TimeSpan fallback, TimeSpan least, TimeSpan most, List<string> failures)
    {
        if (section[key] is not { } text)
        {
            return fallback;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        failures.Add($"{Section}:{key}: must be a duration from '{least:c}' to '{most:c}', but is '{text}'.");
        return fallback;
    }
}
