using System.Globalization;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads one configuration section by hand: no reflection, every unknown key an error, every error with its file and path.</summary>
internal sealed class SettingsSection(SettingsNode node, SettingsSource source, DefinitionErrors errors)
{
    private const int NearMiss = 3;

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SettingsSection> _found = new(StringComparer.OrdinalIgnoreCase);

    public string Key => node.Key;

    public DefinitionOrigin Origin => source.OriginAt(node.Provider, node.Path);

    /// <summary>Gets the value itself, if the section is no object.</summary>
    public string? Value => node.Value;

    public bool HasChildren => node.Children.Count > 0;

    public DefinitionErrors Errors => errors;

    /// <summary>Gets the sections below, whatever their keys.</summary>
    public IEnumerable<SettingsSection> Children() => node.Children.Select(SectionOf);

    /// <summary>Gets the sections below a key, which may be missing or empty.</summary>
    public IEnumerable<SettingsSection> Children(string key) => Child(key).Children();

    /// <summary>Tells whether a key is there, be it as an empty object.</summary>
    public bool Has(string key)
    {
        _known.Add(key);
        return node.Find(key) is not null;
    }

    public SettingsSection Child(string key)
    {
        _known.Add(key);
        return SectionOf(node.Find(key) ?? node.Missing(key));
    }

    public string? Text(string key)
    {
        var child = Child(key);
        if (child.Value is null && child.HasChildren)
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
        foreach (var child in node.Children)
        {
            if (!_known.Contains(child.Key))
            {
                errors.Add(
                    source.OriginAt(child.Provider, child.Path),
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

    // One section for each key, because a section remembers what was asked of it.
    private SettingsSection SectionOf(SettingsNode child)
    {
        if (!_found.TryGetValue(child.Key, out var section))
        {
            _found[child.Key] = section = new SettingsSection(child, source, errors);
        }

        return section;
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
