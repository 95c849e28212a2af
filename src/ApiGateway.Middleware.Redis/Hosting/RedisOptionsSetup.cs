using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Reads <see cref="RedisOptions"/> from configuration, without reflection.</summary>
internal sealed class RedisOptionsSetup(RedisSettings settings) : IConfigureOptions<RedisOptions>
{
    private static readonly string[] Keys =
    [
        nameof(RedisOptions.Configuration), nameof(RedisOptions.KeyPrefix), nameof(RedisOptions.Mode), nameof(RedisOptions.OnFailure),
        nameof(RedisOptions.OnFailureOf), nameof(RedisOptions.Cache), nameof(RedisOptions.Timeout),
    ];

    public void Configure(RedisOptions options)
    {
        if (settings.Section is not { } section)
        {
            return;
        }

        var failures = new List<string>();
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{section.Path}:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        options.Configuration = section[nameof(options.Configuration)] ?? options.Configuration;
        options.KeyPrefix = section[nameof(options.KeyPrefix)] ?? options.KeyPrefix;
        options.Mode = Name(section, nameof(options.Mode), options.Mode, failures);
        options.OnFailure = Name(section, nameof(options.OnFailure), options.OnFailure, failures);
        var modes = section.GetSection(nameof(options.OnFailureOf));
        foreach (var api in modes.GetChildren())
        {
            options.OnFailureOf[api.Key] = Name(modes, api.Key, options.OnFailure, failures);
        }

        options.Cache = Name(section, nameof(options.Cache), options.Cache, failures);
        options.Timeout = Duration(section, nameof(options.Timeout), options.Timeout, failures);
        if (failures.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(RedisOptions), failures);
        }
    }

    private static T Name<T>(IConfigurationSection section, string key, T fallback, List<string> failures)
        where T : struct, Enum
    {
        var text = section[key];
        if (text is null)
        {
            return fallback;
        }

        // A number would be taken for a name.
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return value;
        }

        failures.Add($"{section.Path}:{key}: must be one of {string.Join(", ", Enum.GetNames<T>())}, but is '{text}'.");
        return fallback;
    }

    private static TimeSpan Duration(IConfigurationSection section, string key, TimeSpan fallback, List<string> failures)
    {
        var text = section[key];
        if (text is null || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out fallback))
        {
            return fallback;
        }

        failures.Add($"{section.Path}:{key}: must be a duration such as '00:00:00.050', but is '{text}'.");
        return fallback;
    }
}
