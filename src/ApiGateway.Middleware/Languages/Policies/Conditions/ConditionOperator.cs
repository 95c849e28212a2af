using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>An operator of a condition, taken apart.</summary>
/// <param name="Text">The operator as the policy writes it.</param>
/// <param name="Family">What it compares.</param>
/// <param name="Comparison">How; only numbers and dates have an order.</param>
/// <param name="Negated">Whether it is the opposite: the request's value must match none.</param>
/// <param name="Quantifier">How several values of a request are taken together.</param>
/// <param name="IfExists">Whether an absent key is good enough.</param>
internal sealed record ConditionOperator(
    string Text,
    ConditionFamily Family,
    ConditionComparison Comparison,
    bool Negated,
    ConditionQuantifier Quantifier,
    bool IfExists)
{
    private const string IfExistsSuffix = "IfExists";
    private const string ForAnyPrefix = "ForAnyValue:";
    private const string ForAllPrefix = "ForAllValues:";

    private static readonly FrozenDictionary<string, ConditionOperator> Plain = new[]
    {
        Define("StringEquals", ConditionFamily.Text),
        Define("StringNotEquals", ConditionFamily.Text, negated: true),
        Define("StringEqualsIgnoreCase", ConditionFamily.TextIgnoreCase),
        Define("StringNotEqualsIgnoreCase", ConditionFamily.TextIgnoreCase, negated: true),
        Define("StringLike", ConditionFamily.TextLike),
        Define("StringNotLike", ConditionFamily.TextLike, negated: true),
        Define("NumericEquals", ConditionFamily.Number),
        Define("NumericNotEquals", ConditionFamily.Number, negated: true),
        Define("NumericLessThan", ConditionFamily.Number, ConditionComparison.Less),
        Define("NumericLessThanEquals", ConditionFamily.Number, ConditionComparison.LessOrEqual),
        Define("NumericGreaterThan", ConditionFamily.Number, ConditionComparison.Greater),
        Define("NumericGreaterThanEquals", ConditionFamily.Number, ConditionComparison.GreaterOrEqual),
        Define("DateEquals", ConditionFamily.Date),
        Define("DateNotEquals", ConditionFamily.Date, negated: true),
        Define("DateLessThan", ConditionFamily.Date, ConditionComparison.Less),
        Define("DateLessThanEquals", ConditionFamily.Date, ConditionComparison.LessOrEqual),
        Define("DateGreaterThan", ConditionFamily.Date, ConditionComparison.Greater),
        Define("DateGreaterThanEquals", ConditionFamily.Date, ConditionComparison.GreaterOrEqual),
        Define("Bool", ConditionFamily.Bool),
        Define("BinaryEquals", ConditionFamily.Binary),
        Define("IpAddress", ConditionFamily.Address),
        Define("NotIpAddress", ConditionFamily.Address, negated: true),
        Define("ArnEquals", ConditionFamily.Arn),
        Define("ArnLike", ConditionFamily.Arn),
        Define("ArnNotEquals", ConditionFamily.Arn, negated: true),
        Define("ArnNotLike", ConditionFamily.Arn, negated: true),
        Define("Null", ConditionFamily.Null),
    }.ToFrozenDictionary(static op => op.Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the names without prefix and suffix.</summary>
    public static IEnumerable<string> Names => Plain.Keys;

    /// <summary>Reads a name, ignoring case.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ConditionOperator? result)
    {
        var name = text;
        var quantifier = ConditionQuantifier.Plain;
        if (name.StartsWith(ForAnyPrefix, StringComparison.OrdinalIgnoreCase))
        {
            quantifier = ConditionQuantifier.ForAnyValue;
            name = name[ForAnyPrefix.Length..];
        }
        else if (name.StartsWith(ForAllPrefix, StringComparison.OrdinalIgnoreCase))
        {
            quantifier = ConditionQuantifier.ForAllValues;
            name = name[ForAllPrefix.Length..];
        }

        var ifExists = name.EndsWith(IfExistsSuffix, StringComparison.OrdinalIgnoreCase);
        if (ifExists)
        {
            name = name[..^IfExistsSuffix.Length];
        }

        result = null;
        if (!Plain.TryGetValue(name, out var plain)
            || (plain.Family == ConditionFamily.Null && (ifExists || quantifier != ConditionQuantifier.Plain)))
        {
            return false;
        }

        result = plain with { Text = text, Quantifier = quantifier, IfExists = ifExists };
        return true;
    }

    private static ConditionOperator Define(
        string name, ConditionFamily family, ConditionComparison comparison = ConditionComparison.Equal, bool negated = false) =>
        new(name, family, comparison, negated, ConditionQuantifier.Plain, false);
}
