using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads one configuration section by hand: no reflection, every unknown key an error, every error with its file and path.</summary>
/// <remarks>
/// Configuration finds what is below a section by going through all keys there are, so each section asks once and keeps the answer.
/// </remarks>
internal sealed class SettingsSection(IConfigurationSection section, SettingsSource source, DefinitionErrors errors)
{
    private const int NearMiss = 3;

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private SettingsSection[]? _children;
    private int? _provider;

    public string Key => section.Key;

    public DefinitionOrigin Origin => source.OriginAt(Provider, section.Path);

    /// <summary>Gets the value itself, if the section is no object.</summary>
    public string? Value => section.Value;

    public DefinitionErrors Errors => errors;

    /// <summary>Gets the sections below, whatever their keys.</summary>
    public IReadOnlyList<SettingsSection> Children() =>
        _children ??= [.. section.GetChildren().Select(child => new SettingsSection(child, source, errors))];

    /// <summary>Gets the sections below a key, which may be missing or empty.</summary>
    public IReadOnlyList<SettingsSection> Children(string key) => Child(key).Children();

    /// <summary>Tells whether a key is there, be it as an empty object.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return Find(key) is not null;
    }

    public SettingsSection Child(string key)
    {
        _known.Add(key);
        return Find(key) ?? new SettingsSection(section.GetSection(key), source, errors) { _children = [], _provider = Provider };
    }

    public string? Text(string key)
    {
        var child = Child(key);
        if (child.Value is null && child.Children().Count > 0)
        {
            errors.Add(child.Origin, $"'{key}' must be a text, but is an object or a list.");
        }

        return child.Value;
    }

    public bool? Flag(string key) => Parse<bool>(key, bool.TryParse, "true or false");

    public int? Number(string key) => Parse<int>(
        key, static (string? text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value), "a whole number");

    public double? Fraction(string key) => Parse<double>(
        key, static (string? text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value), "a number");

    public TEnum? Choice<TEnum>(string key, params ReadOnlySpan<(string Name, TEnum Value)> names)
        where TEnum : struct, Enum
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        foreach (var (name, value) in names)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var allowed = new List<string>();
        foreach (var (name, _) in names)
        {
            allowed.Add(name);
        }

        errors.Add(Child(key).Origin, $"'{key}' must be one of {string.Join(", ", allowed)}, but is '{text}'.{Suggest(text, allowed)}");
        return null;
    }

    /// <summary>Reads a list of texts; a single text counts as a list of one.</summary>
    public void Texts(string key, ICollection<string> target)
    {
        var child = Child(key);
        if (child.Value is { Length: > 0 } single)
        {
            target.Add(single);
        }

        foreach (var item in child.Children())
        {
            if (item.Value is { } text)
            {
                target.Add(text);
            }
            else
            {
                errors.Add(item.Origin, $"'{key}' must be a list of texts.");
            }
        }
    }

    /// <summary>Reads an object whose members are texts.</summary>
    public void Map(string key, IDictionary<string, string> target)
    {
        foreach (var item in Children(key))
        {
            if (item.Value is { } text)
            {
                target[item.Key] = text;
            }
            else
            {
                errors.Add(item.Origin, $"The members of '{key}' must be texts.");
            }
        }
    }

    /// <summary>Reports the keys that nothing has asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var child in Children())
        {
            if (!_known.Contains(child.Key))
            {
                errors.Add(
                    child.Origin,
                    $"'{child.Key}' is not known here.{Suggest(child.Key, _known)} Known: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    public void Known(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _known.Add(key);
        }
    }

    /// <summary>Gets the last provider that has the section or anything below it.</summary>
    private int Provider
    {
        get
        {
            if (_provider is not { } provider)
            {
                provider = source.ProviderOf(section);
                foreach (var child in section.Value is null ? Children() : [])
                {
                    provider = Math.Max(provider, child.Provider);
                }

                _provider = provider;
            }

            return provider;
        }
    }

    private SettingsSection? Find(string key)
    {
        foreach (var child in Children())
        {
            if (child.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return child;
            }
        }

        return null;
    }

    private T? Parse<T>(string key, TryParse<T> parse, string what)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (parse(text.Trim(), out var value))
        {
            return value;
        }

        errors.Add(Child(key).Origin, $"'{key}' must be {what}, but is '{text}'.");
        return null;
    }

    private static string Suggest(string found, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (name, distance: Distance(found, name)))
            .Where(static item => item.distance <= NearMiss)
            .OrderBy(static item => item.distance)
            .Select(static item => item.name)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    /// <summary>Counts the letters to insert, delete or replace (Levenshtein), letter case aside.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > NearMiss)
        {
            return int.MaxValue;
        }

        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost));
            }
        }

        return row[b.Length];
    }

    private delegate bool TryParse<T>(string? text, out T value);
}
