using System.Globalization;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads <see cref="SigV4Options"/> from configuration, without reflection, and checks their ranges.</summary>
internal static class SigV4OptionsReader
{
    private const string Section = "SigV4";

    private static readonly string[] Keys =
    [
        nameof(SigV4Options.ClockSkew), nameof(SigV4Options.MaxPresignedLifetime), nameof(SigV4Options.AcceptedServices),
        nameof(SigV4Options.AcceptedRegions), nameof(SigV4Options.HostOverride), nameof(SigV4Options.NormalizePath),
        nameof(SigV4Options.RequireSignedAmzHeaders), nameof(SigV4Options.AllowUnsignedPayload), nameof(SigV4Options.LegacyHeaderEcho),
        nameof(SigV4Options.VerboseMismatch), nameof(SigV4Options.AllowWithoutPolicy), nameof(SigV4Options.MinAccessKeyIdLength), nameof(SigV4Options.CredentialCacheTtl),
        nameof(SigV4Options.UnknownCredentialCacheTtl), nameof(SigV4Options.CredentialCacheSize),
    ];

    public static void Read(IConfigurationSection section, SigV4Options options, List<string> failures)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{Section}:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        options.ClockSkew = Duration(section, nameof(options.ClockSkew), options.ClockSkew, TimeSpan.Zero, TimeSpan.FromDays(1), failures);
        options.MaxPresignedLifetime = Duration(
            section, nameof(options.MaxPresignedLifetime), options.MaxPresignedLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7), failures);
        options.CredentialCacheTtl = Duration(
            section, nameof(options.CredentialCacheTtl), options.CredentialCacheTtl, TimeSpan.Zero, TimeSpan.FromDays(1), failures);
        options.UnknownCredentialCacheTtl = Duration(
            section, nameof(options.UnknownCredentialCacheTtl), options.UnknownCredentialCacheTtl, TimeSpan.Zero, TimeSpan.FromDays(1), failures);
        options.MinAccessKeyIdLength = Number(section, nameof(options.MinAccessKeyIdLength), options.MinAccessKeyIdLength, 1, 128, failures);
        options.CredentialCacheSize = Number(section, nameof(options.CredentialCacheSize), options.CredentialCacheSize, 1, 10_000_000, failures);
        options.HostOverride = section[nameof(options.HostOverride)] ?? options.HostOverride;
        options.NormalizePath = Flag(section, nameof(options.NormalizePath), failures) ?? options.NormalizePath;
        options.RequireSignedAmzHeaders = Flag(section, nameof(options.RequireSignedAmzHeaders), failures) ?? options.RequireSignedAmzHeaders;
        options.AllowUnsignedPayload = Flag(section, nameof(options.AllowUnsignedPayload), failures) ?? options.AllowUnsignedPayload;
        options.LegacyHeaderEcho = Flag(section, nameof(options.LegacyHeaderEcho), failures) ?? options.LegacyHeaderEcho;
        options.VerboseMismatch = Flag(section, nameof(options.VerboseMismatch), failures) ?? options.VerboseMismatch;
        options.AllowWithoutPolicy = Flag(section, nameof(options.AllowWithoutPolicy), failures) ?? options.AllowWithoutPolicy;
        Append(section.GetSection(nameof(options.AcceptedServices)), options.AcceptedServices);
        Append(section.GetSection(nameof(options.AcceptedRegions)), options.AcceptedRegions);
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

    private static int Number(IConfigurationSection section, string key, int fallback, int least, int most, List<string> failures)
    {
        if (section[key] is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        failures.Add($"{Section}:{key}: must be a whole number from {least} to {most}, but is '{text}'.");
        return fallback;
    }

    private static bool? Flag(IConfigurationSection section, string key, List<string> failures)
    {
        if (section[key] is not { } text)
        {
            return null;
        }

        if (bool.TryParse(text, out var value))
        {
            return value;
        }

        failures.Add($"{Section}:{key}: must be 'true' or 'false', but is '{text}'.");
        return null;
    }

    private static void Append(IConfigurationSection section, IList<string> values)
    {
        foreach (var child in section.GetChildren())
        {
            values.Add(child.Value ?? "");
        }
    }
}
