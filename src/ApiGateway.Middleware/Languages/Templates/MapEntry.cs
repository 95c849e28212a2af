using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>An entry of a map, as <c>entrySet()</c> lists them.</summary>
/// <param name="key">The entry's name.</param>
/// <param name="value">What it held when it was listed.</param>
/// <param name="owner">The map that <c>setValue</c> changes, if it can be changed.</param>
internal sealed class MapEntry(string key, Value value, ValueMap? owner) : TemplateObject
{
    private Value _value = value;

    public override Value GetProperty(string name) => name switch
    {
        "key" => Value.Of(key),
        "value" => _value,
        _ => Value.Null,
    };

    public override Value CallMethod(in TemplateCall call)
    {
        switch (call.Method)
        {
            case TemplateMethod.GetKey:
                return Value.Of(key);
            case TemplateMethod.GetValue:
                return _value;
            case TemplateMethod.SetValue when owner is not null:
                _value = call.Argument(0);
                return owner.Put(key, _value);
            case TemplateMethod.ToText:
                return Value.Of(Value.Of(this).ToText());
            default:
                return Value.Null;
        }
    }

    public override void WriteText(PooledBufferWriter writer)
    {
        writer.WriteText(key);
        writer.WriteByte((byte)'=');
        ValueWriter.WriteText(_value.IsNull ? Value.Of("null") : _value, writer);
    }
}
