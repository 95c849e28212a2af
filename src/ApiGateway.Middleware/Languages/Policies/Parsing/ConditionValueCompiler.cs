using System.Buffers.Text;
using ApiGateway.Middleware.Languages.Policies.Conditions;
using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Compiles the values of one key to what its operator compares.</summary>
internal sealed class ConditionValueCompiler(PolicyIssues issues, bool hasVariables)
{
    private readonly PatternSyntax _variables = hasVariables ? PatternSyntax.Variables : PatternSyntax.Literal;

    private delegate bool Parse<T>(ReadOnlySpan<char> text, out T value);

    public ConditionTest Compile(ConditionOperator @operator, PolicyKey key, IReadOnlyList<PolicyNode> nodes)
    {
        string[] values = [.. nodes.Select(static node => node.Text)];
        switch (@operator.Family)
        {
            case ConditionFamily.Text:
                return new TextTest(@operator, key, values, Patterns(values, _variables));
            case ConditionFamily.TextIgnoreCase:
                return new TextTest(@operator, key, values, Patterns(values, _variables | PatternSyntax.IgnoreCase));
            case ConditionFamily.TextLike:
                return new TextTest(@operator, key, values, Patterns(values, _variables | PatternSyntax.Wildcards));
            case ConditionFamily.Number:
                return new NumberTest(@operator, key, values, Numbers(nodes));
            case ConditionFamily.Date:
                return new DateTest(@operator, key, values, Read<long>(
                    nodes, PolicyDate.TryParse, "a date", "Write 2030-01-31, 2030-01-31T23:59:59Z, or seconds since 1970."));
            case ConditionFamily.Bool:
                return new BoolTest(@operator, key, values, Truths(nodes));
            case ConditionFamily.Binary:
                return new BinaryTest(@operator, key, values, Read<byte[]>(nodes, TryParseBase64, "base64", "Write the bytes in base64."));
            case ConditionFamily.Address:
                return new AddressTest(@operator, key, values, Read<AddressBlock>(
                    nodes, AddressBlock.TryParse, "an address or a block of addresses", "Write as 192.0.2.0/24 or 2001:db8::/32."));
            case ConditionFamily.Arn:
                return new ArnTest(@operator, key, values, Arns(nodes));
            default:
                var absent = Read<bool>(nodes, PolicyBool.TryParse, "'true' or 'false'", "Write 'true' for an absent key.");
                return new NullTest(@operator, key, values, absent.Contains(true), absent.Contains(false));
        }
    }

    private static bool TryParseBase64(ReadOnlySpan<char> text, out byte[] value)
    {
        value = [];
        if (!Base64.IsValid(text))
        {
            return false;
        }

        value = Convert.FromBase64String(text.ToString());
        return true;
    }

    private static TextPattern[] Patterns(string[] values, PatternSyntax syntax) =>
        [.. values.Select(value => TextPattern.Compile(value, syntax))];

    private ArnPattern[] Arns(IReadOnlyList<PolicyNode> nodes)
    {
        var patterns = new ArnPattern[nodes.Count];
        for (var i = 0; i < patterns.Length; i++)
        {
            patterns[i] = ArnPattern.Compile(nodes[i].Text, hasVariables ? ArnVariables.Everywhere : ArnVariables.Nowhere);
            if (patterns[i].MatchesNothing)
            {
                issues.Warn(nodes[i], $"{nodes[i].Found} has fewer than six parts, so no ARN matches it.", "Write the whole ARN, or end it in '*'.");
            }
        }

        return patterns;
    }

    // A variable is known only when the request is there.
    private TextPattern[] Truths(IReadOnlyList<PolicyNode> nodes)
    {
        var texts = Patterns([.. nodes.Select(static node => node.Text)], _variables);
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].IsExact && !PolicyBool.TryParse(texts[i].Prefix, out _))
            {
                Refuse(nodes[i], "'true' or 'false'", "Write 'true' or 'false'.");
            }
        }

        return texts;
    }

    // The one type whose unreadable values are lawful: they equal nothing.
    private decimal[] Numbers(IReadOnlyList<PolicyNode> nodes)
    {
        var numbers = new List<decimal>(nodes.Count);
        foreach (var node in nodes)
        {
            if (PolicyNumber.TryParse(node.Text, out var number))
            {
                numbers.Add(number);
            }
            else
            {
                issues.Warn(node, $"{node.Found} is no number, so nothing equals it.", "Write a decimal number.");
            }
        }

        return [.. numbers];
    }

    private T[] Read<T>(IReadOnlyList<PolicyNode> nodes, Parse<T> parse, string wanted, string cure)
    {
        var values = new List<T>(nodes.Count);
        foreach (var node in nodes)
        {
            if (parse(node.Text, out var value))
            {
                values.Add(value);
            }
            else
            {
                Refuse(node, wanted, cure);
            }
        }

        return [.. values];
    }

    // A typing error in a denial would open what it should close, so the document is not taken.
    private void Refuse(PolicyNode node, string wanted, string cure) => issues.Error(node, $"must be {wanted}, but is {node.Found}.", cure);
}
