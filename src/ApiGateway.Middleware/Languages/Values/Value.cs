using System.Globalization;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>
/// A value of a template or of a JSON text: two words, so that numbers, Booleans and the strings of JSON texts cost no allocation.
/// </summary>
internal readonly struct Value
{
    private static readonly Tag BooleanTag = new(ValueKind.Boolean);
    private static readonly Tag IntegerTag = new(ValueKind.Integer);
    private static readonly Tag DoubleTag = new(ValueKind.Double);

    // A reference type of the model, or a tag or source that says how to read the bits; null is the null value.
    private readonly object? _reference;
    private readonly long _bits;

    private Value(object? reference, long bits = 0)
    {
        _reference = reference;
        _bits = bits;
    }

    public static Value Null => default;

    public static Value True { get; } = new(BooleanTag, 1);

    public static Value False { get; } = new(BooleanTag);

    public ValueKind Kind => _reference switch
    {
        null => ValueKind.Null,
        string => ValueKind.String,
        Tag tag => tag.Kind,
        ValueMap => ValueKind.Map,
        ValueList => ValueKind.List,
        JsonSource source => source.Kind,
        _ => ValueKind.Object,
    };

    public bool IsNull => _reference is null;

    /// <summary>Gets whether a condition takes the value as true: all but null and false.</summary>
    public bool IsTruthy => _reference is not null && (_reference != (object)BooleanTag || _bits != 0);

    public bool IsNumber => _reference == (object)IntegerTag || _reference == (object)DoubleTag
        || _reference is JsonSource { Kind: ValueKind.Number };

    public bool IsInteger => _reference == (object)IntegerTag;

    public bool IsText => _reference is string or JsonSource { Kind: ValueKind.String };

    public bool IsEmptyText => IsText && TextSize == 0;

    /// <summary>Gets the length of a text, in characters or in bytes of its JSON text; 0 of anything else.</summary>
    public int TextSize => _reference is string text ? text.Length : IsText ? (int)_bits : 0;

    /// <summary>Gets the content of a text. Makes a string of it if it still lies in a JSON text.</summary>
    public string? Text => _reference as string ?? (IsText ? ((JsonSource)_reference!).Decode(_bits) : null);

    /// <summary>Gets the bytes of a text or number that still lies in a JSON text; nothing if it does not, or is empty.</summary>
    public ReadOnlySpan<byte> Source => _reference is JsonSource source ? source.Slice(_bits) : default;

    public ValueList? List => _reference as ValueList;

    public ValueMap? Map => _reference as ValueMap;

    public ValueObject? Object => _reference as ValueObject;

    /// <summary>Gets the content of a Boolean.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>Gets the content of an integer.</summary>
    public long Integer => _bits;

    /// <summary>Gets any number as a double.</summary>
    public double Double => _reference == (object)DoubleTag ? BitConverter.Int64BitsToDouble(_bits)
        : _reference is JsonSource source ? double.Parse(source.Slice(_bits), NumberStyles.Float, CultureInfo.InvariantCulture)
        : _bits;

    /// <summary>Gets the list, map or object itself, to tell identical ones.</summary>
    public object? Identity => _reference;

    public static Value Of(string? text) => new(text);

    public static Value Of(ValueList? list) => new(list);

    public static Value Of(ValueMap? map) => new(map);

    public static Value Of(ValueObject? value) => new(value);

    /// <summary>Makes a text or number of a part of a JSON text. A text must be without escapes.</summary>
    public static Value Of(JsonSource source, int start, int length) => new(source, JsonSource.Place(start, length));

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(IntegerTag, value);

    public static Value Of(double value) => new(DoubleTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Reads any number as an integer, without its fraction.</summary>
    public bool TryGetInteger(out long value)
    {
        value = IsInteger ? _bits : IsNumber ? (long)Double : 0;
        return IsNumber;
    }

    /// <summary>Returns the text that a template prints; null is empty.</summary>
    public string ToText() => Kind switch
    {
        ValueKind.Null => string.Empty,
        ValueKind.String => Text!,
        ValueKind.Boolean => Boolean ? "true" : "false",
        ValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => JavaDouble.Format(Double),
        ValueKind.Number => ((JsonSource)_reference!).Decode(_bits),
        _ => PrintText(),
    };

    /// <summary>Returns the compact JSON text.</summary>
    public string ToJson()
    {
        using var writer = new PooledBufferWriter(ValueWriter.MaxTextBytes);
        ValueWriter.WriteJson(this, writer);
        return System.Text.Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    public override string ToString() => ToText();

    private string PrintText()
    {
        using var writer = new PooledBufferWriter(ValueWriter.MaxTextBytes);
        ValueWriter.WriteText(this, writer);
        return System.Text.Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    private sealed class Tag(ValueKind kind)
    {
        public ValueKind Kind { get; } = kind;
    }
}
