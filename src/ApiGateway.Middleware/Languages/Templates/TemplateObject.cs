using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>An object of the host with members of its own. By default a read-only map that prints as empty text.</summary>
internal abstract class TemplateObject : ValueObject
{
    /// <summary>Gets the names that <c>keySet()</c> lists.</summary>
    public virtual IReadOnlyList<string> Keys => [];

    /// <summary>Returns a member, or null if there is none of that name.</summary>
    public abstract Value GetProperty(string name);

    /// <summary>Calls a method. The result of an unknown method is null.</summary>
    public virtual Value CallMethod(in TemplateCall call) => call.Method switch
    {
        TemplateMethod.Get => GetProperty(call.Text(0)),
        TemplateMethod.GetOrDefault => GetProperty(call.Text(0)) is { IsNull: false } value ? value : call.Argument(1),
        TemplateMethod.ContainsKey => Value.Of(HasKey(call.Text(0))),
        TemplateMethod.KeySet => Value.Of(KeySet()),
        TemplateMethod.Values => Value.Of(ListValues()),
        TemplateMethod.EntrySet => Value.Of(EntrySet()),
        TemplateMethod.Size => Value.Of((long)Keys.Count),
        TemplateMethod.IsEmpty => Value.Of(Keys.Count == 0),
        TemplateMethod.ToText => Value.Of(Value.Of(this).ToText()),
        _ => Value.Null,
    };

    /// <summary>Writes a member's text, for members that can do so without a string.</summary>
    public virtual bool TryWriteProperty(string name, PooledBufferWriter writer) => false;

    /// <summary>Writes the text of a method's result, for methods that can do so without a string.</summary>
    public virtual bool TryWriteCall(in TemplateCall call, PooledBufferWriter writer) => false;

    /// <summary>Returns the values in the order of the keys: what a loop goes over.</summary>
    public ValueList ListValues()
    {
        var list = new ValueList(Keys.Count);
        foreach (var key in Keys)
        {
            list.Add(GetProperty(key));
        }

        return list;
    }

    private ValueList KeySet()
    {
        var list = new ValueList(Keys.Count);
        foreach (var key in Keys)
        {
            list.Add(Value.Of(key));
        }

        return list;
    }

    private ValueList EntrySet()
    {
        var list = new ValueList(Keys.Count);
        foreach (var key in Keys)
        {
            list.Add(Value.Of(new MapEntry(key, GetProperty(key), null)));
        }

        return list;
    }

    private bool HasKey(string name)
    {
        foreach (var key in Keys)
        {
            if (key == name)
            {
                return true;
            }
        }

        return false;
    }
}
