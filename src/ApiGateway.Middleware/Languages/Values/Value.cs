using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
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

    // What the bits mean beside a JSON index: two for this, then a place of 31 bits each, or a token.
    private const ulong TextPlace = 0;
    private const ulong NumberPlace = 1;
    private const ulong ListToken = 2;
    private const ulong MapToken = 3;
    private const int PlaceBits = 31;
    private const int MeaningShift = 2 * PlaceBits;

    // A reference type of the model, or a tag or index that says how to read the bits; null is the null value.
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
        JsonIndex => ((ulong)_bits >> MeaningShift) switch
        {
            TextPlace => ValueKind.String,
            NumberPlace => ValueKind.Number,
            ListToken => ValueKind.List,
            _ => ValueKind.Map,
        },
        _ => ValueKind.Object,
    };

    public bool IsNull => _reference is null;

    /// <summary>Gets whether a condition takes the value as true: all but null and false.</summary>
    public bool IsTruthy => _reference is not null && (_reference != (object)BooleanTag || _bits != 0);

    public bool IsNumber => _reference == (object)IntegerTag || _reference == (object)DoubleTag
        || (_reference is JsonIndex && (ulong)_bits >> MeaningShift == NumberPlace);

    public bool IsInteger => _reference == (object)IntegerTag;

    public bool IsText => _reference is string || (_reference is JsonIndex && (ulong)_bits >> MeaningShift == TextPlace);

    public bool IsEmptyText => IsText && TextSize == 0;

    /// <summary>Gets the length of a text, in characters or in bytes of its JSON text; 0 of anything else.</summary>
    public int TextSize => _reference is string text ? text.Length : IsText ? (int)(_bits & int.MaxValue) : 0;

    /// <summary>Gets the content of a text. Makes a string of it if it still lies in a JSON text.</summary>
    public string? Text => _reference as string ?? (IsText ? Encoding.UTF8.GetString(Source) : null);

    /// <summary>Gets the bytes of a text or number that still lies in a JSON text; nothing if it does not, or is empty.</summary>
    public ReadOnlySpan<byte> Source =>
        _reference is JsonIndex index && (ulong)_bits >> MeaningShift <= NumberPlace
            ? index.Slice((int)(_bits >> PlaceBits) & int.MaxValue, (int)(_bits & int.MaxValue))
            : default;

    /// <summary>Gets the list. Makes one if the value still lies in a JSON text; see <see cref="TryGetIndexed"/>.</summary>
    public ValueList? List => _reference is ValueList list ? list
        : _reference is JsonIndex index && (ulong)_bits >> MeaningShift == ListToken ? index.List((int)_bits) : null;

    /// <summary>Gets the map. Makes one if the value still lies in a JSON text; see <see cref="TryGetIndexed"/>.</summary>
    public ValueMap? Map => _reference is ValueMap map ? map
        : _reference is JsonIndex index && (ulong)_bits >> MeaningShift == MapToken ? index.Map((int)_bits) : null;

    public ValueObject? Object => _reference as ValueObject;

    /// <summary>Gets the content of a Boolean.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>Gets the content of an integer.</summary>
    public long Integer => _bits;

    /// <summary>Gets any number as a double.</summary>
    public double Double => _reference == (object)DoubleTag ? BitConverter.Int64BitsToDouble(_bits)
        : IsInteger ? _bits
        : double.Parse(Source, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>Returns whether two lists, maps or objects are one.</summary>
    public static bool AreIdentical(Value left, Value right) =>
        ReferenceEquals(left._reference, right._reference) && (left._bits == right._bits || left._reference is not JsonIndex);

    public static Value Of(string? text) => new(text);

    public static Value Of(ValueList? list) => new(list);

    public static Value Of(ValueMap? map) => new(map);

    public static Value Of(ValueObject? value) => new(value);

    /// <summary>Makes a text of a part of a JSON text, which must be without escapes.</summary>
    public static Value OfText(JsonIndex index, int start, int length) => new(index, Place(TextPlace, start, length));

    public static Value OfNumber(JsonIndex index, int start, int length) => new(index, Place(NumberPlace, start, length));

    public static Value OfList(JsonIndex index, int token) => new(index, Place(ListToken, 0, token));

    public static Value OfMap(JsonIndex index, int token) => new(index, Place(MapToken, 0, token));

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(IntegerTag, value);

    public static Value Of(double value) => new(DoubleTag, BitConverter.DoubleToInt64Bits(value));

    /// <summary>Gets where a list or map lies in a JSON text, if that can be read in its place.</summary>
    public bool TryGetIndexed([NotNullWhen(true)] out JsonIndex? index, out int token)
    {
        index = _reference as JsonIndex;
        token = (int)(_bits & int.MaxValue);
        return index is not null && (ulong)_bits >> MeaningShift >= ListToken && index.IsReadable(token);
    }

    /// <summary>Gets where a map lies in a JSON text, if that can be read in its place.</summary>
    public bool TryGetIndexedMap([NotNullWhen(true)] out JsonIndex? index, out int token)
    {
        index = _reference as JsonIndex;
        token = (int)(_bits & int.MaxValue);
        return index is not null && (ulong)_bits >> MeaningShift == MapToken && index.IsReadable(token);
    }

    /// <summary>Reads any number as an integer, without its fraction.</summary>
    public bool TryGetInteger(out long value)
    {
        value = IsInteger ? _bits : IsNumber ? (long)Double : 0;
        return IsNumber;
    }

    /// <summary>Returns the text that a template prints; null is empty.</summary>
    /// <exception cref="ValueLimitException">The value is too deep, or its text too long.</exception>
    public string ToText() => Kind switch
    {
        ValueKind.Null => string.Empty,
        ValueKind.String => Text!,
        ValueKind.Boolean => Boolean ? "true" : "false",
        ValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => JavaDouble.Format(Double),
        ValueKind.Number => Encoding.UTF8.GetString(Source),
        _ => PrintText(),
    };

    /// <summary>Returns the compact JSON text.</summary>
    /// <exception cref="ValueLimitException">The value is too deep, or its text too long.</exception>
    public string ToJson()
    {
        using var writer = new PooledBufferWriter(ValueWriter.MaxTextBytes);
        try
        {
            ValueWriter.WriteJson(this, writer);
        }
        catch (BufferLimitException)
        {
            throw TooLong();
        }

        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    public override string ToString() => ToText();

    private string PrintText()
    {
        using var writer = new PooledBufferWriter(ValueWriter.MaxTextBytes);
        try
        {
            ValueWriter.WriteText(this, writer);
        }
        catch (BufferLimitException)
        {
            throw TooLong();
        }

        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    private static ValueLimitException TooLong() => new($"The text of a value would have more than {ValueWriter.MaxTextBytes} bytes.");

    private static long Place(ulong meaning, int start, int length) =>
        (long)((meaning << MeaningShift) | ((ulong)(uint)start << PlaceBits) | (uint)length);

    private sealed class Tag(ValueKind kind)
    {
        public ValueKind Kind { get; } = kind;
    }
}
