using System.Text;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Compares values by content.</summary>
internal static class ValueComparer
{
    // Shared parts can make a value exponentially larger than its memory, so the work is counted.
    private const int MaxVisits = 200_000;

    /// <summary>Returns whether two values are equal without conversion: numbers by value, lists and maps by content.</summary>
    public static bool AreSame(Value left, Value right)
    {
        var visits = MaxVisits;
        return AreSame(left, right, ref visits, 0);
    }

    /// <summary>Compares two numbers by value.</summary>
    public static int CompareNumbers(Value left, Value right) => left.IsInteger && right.IsInteger
        ? left.Integer.CompareTo(right.Integer)
        : left.Double.CompareTo(right.Double);

    /// <summary>Returns where a value first stands in a list, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<Value> items, Value value)
    {
        var visits = MaxVisits + items.Length;
        for (var i = 0; i < items.Length; i++)
        {
            if (AreSame(items[i], value, ref visits, 0))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool AreSame(Value left, Value right, ref int visits, int depth)
    {
        if (depth > ValueWriter.MaxDepth || --visits < 0)
        {
            throw new ValueLimitException("Values are too deep or too large to be compared.");
        }

        if (left.IsNumber && right.IsNumber)
        {
            return CompareNumbers(left, right) == 0;
        }

        if (left.Kind != right.Kind)
        {
            return false;
        }

        if (left.Kind is ValueKind.List or ValueKind.Map && Value.AreIdentical(left, right))
        {
            return true;
        }

        return left.Kind switch
        {
            ValueKind.Null => true,
            ValueKind.Boolean => left.Boolean == right.Boolean,
            ValueKind.String => AreSameText(left, right),
            ValueKind.List => ReferenceEquals(left.List, right.List) || AreSame(left.List!, right.List!, ref visits, depth),
            ValueKind.Map => ReferenceEquals(left.Map, right.Map) || AreSame(left.Map!, right.Map!, ref visits, depth),
            _ => Value.AreIdentical(left, right),
        };
    }

    private static bool AreSameText(Value left, Value right)
    {
        var one = left.Source;
        var other = right.Source;
        if (!one.IsEmpty && !other.IsEmpty)
        {
            return one.SequenceEqual(other);
        }

        if (one.IsEmpty && other.IsEmpty)
        {
            return left.Text == right.Text;
        }

        // Bytes and a string. Only what is not ASCII has more bytes than characters, three for each at most.
        var bytes = one.IsEmpty ? other : one;
        var text = one.IsEmpty ? left.Text! : right.Text!;
        return bytes.Length == text.Length
            ? Ascii.Equals(bytes, text)
            : bytes.Length > text.Length && bytes.Length <= text.Length * 3L && Encoding.UTF8.GetString(bytes) == text;
    }

    private static bool AreSame(ValueList left, ValueList right, ref int visits, int depth)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreSame(left[i], right[i], ref visits, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSame(ValueMap left, ValueMap right, ref int visits, int depth)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var entry in left.Entries)
        {
            if (!right.TryGet(entry.Key, out var other) || !AreSame(entry.Value, other, ref visits, depth + 1))
            {
                return false;
            }
        }

        return true;
    }
}
