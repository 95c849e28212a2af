namespace ApiGateway.Middleware.Languages.Schemas.Json;

/// <summary>A JSON number as written, of any size: sign, significant digits, and the place of the decimal point.</summary>
/// <remarks>Exponents beyond 10^15 are cut off there, far outside what any schema can ask.</remarks>
internal readonly ref struct JsonNumber
{
    private const long ExponentLimit = 1_000_000_000_000_000;

    // The digits from the first to the last that is not zero, perhaps with a point between.
    private readonly ReadOnlySpan<byte> _digits;

    public JsonNumber(ReadOnlySpan<byte> text)
    {
        IsNegative = text[0] == '-';
        var start = IsNegative ? 1 : 0;
        var end = text.IndexOfAny((byte)'e', (byte)'E');
        var exponent = end < 0 ? 0 : Exponent(text[(end + 1)..]);
        var mantissa = end < 0 ? text[start..] : text[start..end];

        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa.Length : point;
        var first = mantissa.IndexOfAnyExcept((byte)'0', (byte)'.');
        if (first < 0)
        {
            IsNegative = false;
            return;
        }

        _digits = mantissa[first..(mantissa.LastIndexOfAnyExcept((byte)'0', (byte)'.') + 1)];
        Count = point > first && point < first + _digits.Length ? _digits.Length - 1 : _digits.Length;
        Scale = (first < whole ? whole - first : whole + 1 - first) + exponent;
    }

    public bool IsNegative { get; }

    /// <summary>Gets the number of significant digits; 0 for zero.</summary>
    public int Count { get; }

    /// <summary>Gets the power of ten by which 0.DIGITS is multiplied.</summary>
    public long Scale { get; }

    public bool IsZero => Count == 0;

    /// <summary>Gets whether the value has no fraction, however it is written.</summary>
    public bool IsInteger => Scale >= Count;

    /// <summary>Below, equal to or above zero as this number is below, equal to or above <paramref name="other"/>.</summary>
    public int ComparedTo(JsonNumber other)
    {
        if (IsZero || other.IsZero || IsNegative != other.IsNegative)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude = Scale != other.Scale ? Scale.CompareTo(other.Scale) : CompareDigits(other);
        return IsNegative ? -magnitude : magnitude;
    }

    /// <summary>The largest whole number that is not above the value, if it has at most 18 digits.</summary>
    public bool TryGetFloor(out long floor)
    {
        floor = 0;
        if (Scale > 18)
        {
            return false;
        }

        var left = IsZero ? 0 : Scale;
        for (var i = 0; left > 0; i++)
        {
            if (i < _digits.Length && _digits[i] == '.')
            {
                continue;
            }

            floor = (floor * 10) + (i < _digits.Length ? _digits[i] - '0' : 0);
            left--;
        }

        if (IsNegative)
        {
            floor = IsInteger ? -floor : -floor - 1;
        }

        return true;
    }

    /// <summary>A randomized hash that equal values share.</summary>
    public int GetValueHash()
    {
        var point = _digits.IndexOf((byte)'.');
        var hash = new HashCode();
        hash.Add(Sign);
        hash.Add(IsZero ? 0 : Scale);
        var position = 0;
        ulong digits = 0;
        for (var i = 0; i < _digits.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            digits = (digits * 10) + (ulong)(_digits[i] - '0');
            if (++position % 18 == 0)
            {
                hash.Add(digits);
                digits = 0;
            }
        }

        hash.Add(digits);
        return hash.ToHashCode();
    }

    /// <summary>The remainder of the digits, read as a whole number, divided by <paramref name="divisor"/>.</summary>
    public ulong DigitsModulo(ulong divisor)
    {
        UInt128 remainder = 0;
        foreach (var digit in _digits)
        {
            if (digit != '.')
            {
                remainder = ((remainder * 10) + (ulong)(digit - '0')) % divisor;
            }
        }

        return (ulong)remainder;
    }

    private int Sign => IsZero ? 0 : IsNegative ? -1 : 1;

    private static long Exponent(ReadOnlySpan<byte> text)
    {
        var negative = text[0] == '-';
        long value = 0;
        foreach (var digit in text[0] is (byte)'-' or (byte)'+' ? text[1..] : text)
        {
            value = Math.Min(ExponentLimit, (value * 10) + (digit - '0'));
        }

        return negative ? -value : value;
    }

    private int CompareDigits(JsonNumber other)
    {
        var left = 0;
        var right = 0;
        while (true)
        {
            left += left < _digits.Length && _digits[left] == '.' ? 1 : 0;
            right += right < other._digits.Length && other._digits[right] == '.' ? 1 : 0;
            if (left == _digits.Length || right == other._digits.Length)
            {
                return (_digits.Length - left).CompareTo(other._digits.Length - right);
            }

            var order = _digits[left++].CompareTo(other._digits[right++]);
            if (order != 0)
            {
                return order;
            }
        }
    }
}
