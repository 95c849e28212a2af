using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Reads <c>Cache-Control</c> and headers of the same form (RFC 9111 5.2). Names ignore case.</summary>
internal static class CacheDirectives
{
    /// <summary>Tells whether a directive is there, with a value or without.</summary>
    public static bool Has(in StringValues lines, ReadOnlySpan<char> name) => TryFind(lines, name, out _);

    /// <summary>Finds a number of seconds. One beyond what can be counted is the largest that can.</summary>
    public static bool TryGetSeconds(in StringValues lines, ReadOnlySpan<char> name, out int seconds)
    {
        seconds = 0;
        if (!TryFind(lines, name, out var value) || value.IsEmpty || value.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            seconds = int.MaxValue;
        }

        return true;
    }

    private static bool TryFind(in StringValues lines, ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].AsSpan();
            foreach (var range in line.Split(','))
            {
                var directive = line[range].Trim();
                var equals = directive.IndexOf('=');
                if ((equals < 0 ? directive : directive[..equals].TrimEnd()).Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    value = equals < 0 ? default : directive[(equals + 1)..].Trim().Trim('"');
                    return true;
                }
            }
        }

        value = default;
        return false;
    }
}
