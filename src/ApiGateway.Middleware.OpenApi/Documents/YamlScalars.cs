using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>Gives scalars their type. Source: YAML 1.2.2, section 10.3, "Core Schema".</summary>
internal static partial class YamlScalars
{
    private const int MaxDigits = 400;
    private const string StandardTag = "tag:yaml.org,2002:";

    public static DocumentNode Resolve(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        Check(scalar);
        var tag = scalar.Tag.IsEmpty ? "" : scalar.Tag.Value;
        switch (tag)
        {
            case "!" or StandardTag + "str":
                return DocumentNode.OfText(scalar.Value, line);
            case "" or StandardTag + "null" or StandardTag + "bool" or StandardTag + "int" or StandardTag + "float":
                break;
            case "!Sub":
                return Function("Fn::Sub", DocumentNode.OfText(scalar.Value, line));
            case "!Ref":
                return Function("Ref", DocumentNode.OfText(scalar.Value, line));
            default:
                throw new DocumentException($"The tag '{tag}' is not known. Known: !Sub and !Ref.", line);
        }

        return scalar.Style == ScalarStyle.Plain || tag.Length > 0
            ? ResolvePlain(scalar.Value, line)
            : DocumentNode.OfText(scalar.Value, line);
    }

    /// <summary>Refuses texts with half of a surrogate pair, which JSON cannot hold.</summary>
    public static void Check(Scalar scalar)
    {
        var text = scalar.Value.AsSpan();
        while (text.IndexOfAnyInRange('\ud800', '\udfff') is var index and >= 0)
        {
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
            {
                throw new DocumentException("A text has half of a surrogate pair, which is no character.", (int)scalar.Start.Line);
            }

            text = text[(index + 2)..];
        }
    }

    /// <summary>Turns <c>!Sub [text, variables]</c> into the long form; refuses other tags on lists.</summary>
    public static DocumentNode ApplyFunction(SequenceStart start, DocumentNode node)
    {
        var tag = start.Tag.IsEmpty ? "" : start.Tag.Value;
        return tag switch
        {
            "" or "!" or StandardTag + "seq" => node,
            "!Sub" => Function("Fn::Sub", node),
            _ => throw new DocumentException($"The tag '{tag}' is not known on a list. Known: !Sub.", node.Line),
        };
    }

    private static DocumentNode Function(string name, DocumentNode argument)
    {
        var function = new DocumentNode(NodeKind.Object, argument.Line);
        function.TryAdd(name, argument);
        return function;
    }

    private static DocumentNode ResolvePlain(string text, int line)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return new DocumentNode(NodeKind.Null, line);
            case "true" or "True" or "TRUE":
                return DocumentNode.OfFlag(true, line);
            case "false" or "False" or "FALSE":
                return DocumentNode.OfFlag(false, line);
        }

        // Most scalars are words; the expressions are for the rest.
        if (!char.IsAsciiDigit(text[0]) && text[0] is not ('+' or '-' or '.'))
        {
            return DocumentNode.OfText(text, line);
        }

        return NumberOf(text) is { } digits ? DocumentNode.OfNumber(digits, line) : DocumentNode.OfText(text, line);
    }

    /// <summary>Gets a number in the notation of JSON. Infinity and not-a-number, which JSON lacks, stay texts.</summary>
    private static string? NumberOf(string text)
    {
        if (text.Length > MaxDigits)
        {
            return null;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal) && text.Length is > 2 and < 64 && text.AsSpan(2).ContainsAnyExcept(HexDigits) is false)
        {
            return BigInteger.Parse($"0{text[2..]}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
        }

        if (text.StartsWith("0o", StringComparison.Ordinal) && text.Length is > 2 and < 22 && text.AsSpan(2).ContainsAnyExceptInRange('0', '7') is false)
        {
            return Convert.ToInt64(text[2..], 8).ToString(CultureInfo.InvariantCulture);
        }

        if (Number.Match(text) is not { Success: true } match)
        {
            return null;
        }

        var sign = text[0] == '-' ? "-" : "";
        var whole = match.Groups["whole"].ValueSpan.TrimStart('0');
        var fraction = match.Groups["fraction"];
        var point = match.Groups["point"].Success ? $".{(fraction.Length == 0 ? "0" : fraction.Value)}" : "";
        return $"{sign}{(whole.Length == 0 ? "0" : whole)}{point}{match.Groups["exponent"].Value}";
    }

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    [GeneratedRegex(@"^[-+]?(?=\.?[0-9])(?<whole>[0-9]*)(?<point>\.(?<fraction>[0-9]*))?(?<exponent>[eE][-+]?[0-9]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number { get; }
}
