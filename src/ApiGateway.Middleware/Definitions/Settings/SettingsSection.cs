using System.Globalization;
using System.Text.Json;

namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads one configuration section by hand: no reflection, every unknown key an error, every error with its file and path.</summary>
internal sealed class SettingsSection(SettingsNode node, SettingsContext context)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _lacking = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SettingsSection> _found = new(StringComparer.OrdinalIgnoreCase);

    public string Key => node.Key;

    public DefinitionOrigin Origin => context.Source.OriginAt(node.Provider, node.Path);

    /// <summary>Gets the value itself, if the section is no object.</summary>
    public string? Value => node.Value;

    public bool HasChildren => node.Children.Count > 0;

    /// <summary>Tells whether what is below has numbers for keys, as the items of a list do.</summary>
    public bool IsList => HasChildren && node.Children.All(static child => child.Key.All(char.IsAsciiDigit));

    public DefinitionErrors Errors => context.Errors;

    public SettingsContext Context => context;

    /// <summary>Gets the same section for a second reading, whose errors were told by the first.</summary>
    public SettingsSection Again() => new(node, context with { Errors = new DefinitionErrors() });

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
            Errors.Add(child.Origin, $"'{key}' must be a text, but is an object or a list.");
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

        var allowed = new string[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            allowed[i] = names[i].Name;
            if (allowed[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return names[i].Value;
            }
        }

        Errors.Add(Child(key).Origin, $"'{key}' must be one of {string.Join(", ", allowed)}, but is '{text}'.{NearMiss.Suggest(text, allowed)}");
        return null;
    }

    /// <summary>Reads a text that must be one of several; gives it in their letter case.</summary>
    public string? OneOf(string key, params ReadOnlySpan<string> allowed)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        foreach (var one in allowed)
        {
            if (one.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return one;
            }
        }

        var names = allowed.ToArray();
        Errors.Add(Child(key).Origin, $"'{key}' must be one of {string.Join(", ", names)}, but is '{text}'.{NearMiss.Suggest(text, names)}");
        return null;
    }

    /// <summary>Reads a list of texts; a single text counts as a list of one.</summary>
    public void Texts(string key, ICollection<string> target) => Child(key).TextsInto(target);

    /// <summary>Reads a list of texts; a single text counts as a list of one.</summary>
    public void TextsInto(ICollection<string> target)
    {
        if (Value is { Length: > 0 } single)
        {
            target.Add(single);
        }

        foreach (var item in Children())
        {
            if (item.Value is { } text)
            {
                target.Add(text);
            }
            else
            {
                Errors.Add(item.Origin, $"'{Key}' must be a list of texts.");
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
                Errors.Add(item.Origin, $"The members of '{key}' must be texts.");
            }
        }
    }

    /// <summary>Reads an object whose members are texts and may have a colon in their names, which configuration takes for a level.</summary>
    public void ColonMap(string key, IDictionary<string, string> target) => Child(key).ColonMapInto(target);

    /// <summary>Reads an object whose members are texts and may have a colon in their names, which configuration takes for a level.</summary>
    public void ColonMapInto(IDictionary<string, string> target, string prefix = "")
    {
        foreach (var item in Children())
        {
            if (item.Value is { } text)
            {
                target[prefix + item.Key] = text;
            }
            else if (!item.HasChildren || prefix.Length > 0)
            {
                Errors.Add(item.Origin, $"The members of '{Key}' must be texts.");
            }
            else
            {
                item.ColonMapInto(target, item.Key + ":");
            }
        }
    }

    /// <summary>Reads an object whose members are true or false.</summary>
    public void FlagMap(string key, IDictionary<string, bool> target)
    {
        foreach (var item in Children(key))
        {
            if (bool.TryParse(item.Value, out var flag))
            {
                target[item.Key] = flag;
            }
            else
            {
                Errors.Add(item.Origin, $"The members of '{key}' must be true or false{(item.Value is { } text ? $", but this is '{text}'" : "")}.");
            }
        }
    }

    /// <summary>Reads an object whose members are texts, or <c>file:</c> and the name of a file that has the text.</summary>
    public void Templates(string key, IDictionary<string, string> target)
    {
        const string File = "file:";
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Map(key, texts);
        foreach (var (name, text) in texts)
        {
            target[name] = text.StartsWith(File, StringComparison.Ordinal)
                ? context.Files.ReadText(text[File.Length..].Trim(), Child(key).Child(name).Origin, Errors) ?? ""
                : text;
        }
    }

    /// <summary>Reads JSON, given as text or as the name of a file.</summary>
    public string? Json(string key)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        var origin = Child(key).Origin;
        var json = text.AsSpan().TrimStart() is ['{' or '[', ..] ? text : context.Files.ReadText(text, origin, Errors);
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return json;
        }
        catch (JsonException exception)
        {
            Errors.Add(origin, $"'{key}' must be JSON, or the name of a file with JSON: {exception.Message}");
            return null;
        }
    }

    /// <summary>Reports the keys that nothing has asked for.</summary>
    public void RejectUnknown()
    {
        foreach (var child in node.Children)
        {
            if (!_known.Contains(child.Key))
            {
                Errors.Add(
                    context.Source.OriginAt(child.Provider, child.Path),
                    _lacking.TryGetValue(child.Key, out var reason) ? $"'{child.Key}' is not known here: {reason}. Remove it, or use a REST API."
                    : $"'{child.Key}' is not known here.{NearMiss.Suggest(child.Key, _known)} Known: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    /// <summary>Tells why keys that other kinds of API have are unknown here.</summary>
    public void Lacks(string reason, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            _lacking[key] = reason;
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
            _found[child.Key] = section = new SettingsSection(child, context);
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

        Errors.Add(Child(key).Origin, $"'{key}' must be {what}, but is '{text}'.");
        return null;
    }

    private delegate bool TryParse<T>(string? text, out T value);
}
