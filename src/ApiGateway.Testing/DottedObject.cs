using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Testing;

/// <summary>An object whose members have dotted names; the part before the dot is an object again.</summary>
internal sealed class DottedObject : TemplateObject
{
    private readonly Dictionary<string, Value> _members = new(StringComparer.Ordinal);
    private readonly List<string> _keys = [];

    /// <exception cref="ArgumentException">A name is a value and has members at the same time.</exception>
    public DottedObject(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
        {
            Add(name, name, value);
        }
    }

    public override IReadOnlyList<string> Keys => _keys;

    public override Value GetProperty(string name) => _members.GetValueOrDefault(name);

    private void Add(string path, string fullName, string value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var key = dot < 0 ? path : path[..dot];
        var exists = _members.TryGetValue(key, out var member);
        if (exists && (dot < 0 || member.Object is not DottedObject))
        {
            throw new ArgumentException(
                $"'$context.{fullName}' cannot be a value, or a member of a value, and have members of its own at the same time.", nameof(path));
        }

        if (!exists)
        {
            member = dot < 0 ? Value.Of(value) : Value.Of(new DottedObject([]));
            _members.Add(key, member);
            _keys.Add(key);
        }

        if (dot >= 0)
        {
            ((DottedObject)member.Object!).Add(path[(dot + 1)..], fullName, value);
        }
    }
}
