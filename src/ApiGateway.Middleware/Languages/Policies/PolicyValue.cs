using System.Globalization;
using System.Net;
using ApiGateway.Middleware.Languages.Policies.Conditions;

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>The value of a condition key in a request. Each operator reads it as the type it compares.</summary>
internal readonly struct PolicyValue
{
    /// <summary>How many characters a value that is not text needs at most.</summary>
    public const int MaxFormattedLength = 80;

    private readonly object? _object;
    private readonly long _number;

    private PolicyValue(PolicyValueKind kind, object? @object, long number)
    {
        Kind = kind;
        _object = @object;
        _number = number;
    }

    public PolicyValueKind Kind { get; }

    /// <summary>Gets how many values there are. None is the same as an absent key.</summary>
    public int Count => Kind switch
    {
        PolicyValueKind.None => 0,
        PolicyValueKind.Texts => ((IReadOnlyList<string>)_object!).Count,
        _ => 1,
    };

    /// <summary>Gets one value of several.</summary>
    public PolicyValue this[int index] => Kind == PolicyValueKind.Texts ? Of(((IReadOnlyList<string>)_object!)[index]) : this;

    /// <summary>Gets whether there is one value, and it is the empty string.</summary>
    public bool IsEmptyText => Count == 1 && this[0] is { Kind: PolicyValueKind.Text, _object: "" };

    public static PolicyValue Of(string text) => new(PolicyValueKind.Text, text, 0);

    /// <summary>The values of a multi-valued key, even if there is only one.</summary>
    public static PolicyValue Of(IReadOnlyList<string> texts) => new(PolicyValueKind.Texts, texts, 0);

    /// <summary>An address; one of IPv4 that is mapped to IPv6 counts as IPv4.</summary>
    public static PolicyValue Of(IPAddress address) => new(PolicyValueKind.Address, address, 0);

    public static PolicyValue Of(DateTimeOffset instant) => new(PolicyValueKind.Instant, null, instant.UtcTicks);

    /// <summary>A number; the operators for dates read it as seconds since 1970.</summary>
    public static PolicyValue Of(long number) => new(PolicyValueKind.Number, null, number);

    public static PolicyValue Of(bool value) => new(PolicyValueKind.Bool, null, value ? 1 : 0);

    /// <summary>The text of one value; what is not text already is written to <paramref name="scratch"/>.</summary>
    public ReadOnlySpan<char> GetText(Span<char> scratch)
    {
        switch (Kind)
        {
            case PolicyValueKind.Text:
                return (string)_object!;
            case PolicyValueKind.Bool:
                return _number != 0 ? "true" : "false";
            case PolicyValueKind.Number:
                _number.TryFormat(scratch, out var digits, provider: CultureInfo.InvariantCulture);
                return scratch[..digits];
            case PolicyValueKind.Instant:
                new DateTime(_number, DateTimeKind.Utc).TryFormat(
                    scratch, out var length, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                return scratch[..length];
            case PolicyValueKind.Address:
                return PolicyAddress.Of((IPAddress)_object!).Format(scratch);
            default:
                return default;
        }
    }

    public bool TryGetNumber(out decimal number)
    {
        number = _number;
        return Kind == PolicyValueKind.Number
            || (Kind == PolicyValueKind.Text && PolicyNumber.TryParse((string)_object!, out number));
    }

    /// <summary>The value as ticks of UTC.</summary>
    public bool TryGetInstant(out long ticks)
    {
        ticks = _number;
        return Kind switch
        {
            PolicyValueKind.Instant => true,
            PolicyValueKind.Number => PolicyDate.TryFromSeconds(_number, out ticks),
            PolicyValueKind.Text => PolicyDate.TryParse((string)_object!, out ticks),
            _ => false,
        };
    }

    public bool TryGetBool(out bool value)
    {
        value = _number != 0;
        return Kind == PolicyValueKind.Bool || (Kind == PolicyValueKind.Text && PolicyBool.TryParse((string)_object!, out value));
    }

    public bool TryGetAddress(out PolicyAddress address)
    {
        if (Kind == PolicyValueKind.Address)
        {
            address = PolicyAddress.Of((IPAddress)_object!);
            return true;
        }

        address = default;
        return Kind == PolicyValueKind.Text && PolicyAddress.TryParse((string)_object!, out address);
    }
}
