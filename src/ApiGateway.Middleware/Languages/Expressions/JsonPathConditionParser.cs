using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Parses the condition of a filter, from the opening parenthesis to the closing one.</summary>
internal ref struct JsonPathConditionParser
{
    private const int MaxNesting = 32;

    // The longest come first, so that "<=" is not taken for "<".
    private static readonly (string Text, JsonPathOperator Operator)[] Operators =
    [
        ("==", JsonPathOperator.Equal),
        ("!=", JsonPathOperator.NotEqual),
        ("<=", JsonPathOperator.LessOrEqual),
        (">=", JsonPathOperator.GreaterOrEqual),
        ("=~", JsonPathOperator.Matches),
        ("<", JsonPathOperator.Less),
        (">", JsonPathOperator.Greater),
        ("in ", JsonPathOperator.In),
        ("in[", JsonPathOperator.In),
        ("nin ", JsonPathOperator.NotIn),
        ("contains ", JsonPathOperator.Contains),
        ("size ", JsonPathOperator.Size),
        ("empty ", JsonPathOperator.Empty),
    ];

    private static readonly SearchValues<char> ConstantEnds = SearchValues.Create(" ),]&|=!<>");

    private readonly ReadOnlySpan<char> _text;
    private readonly int _depth;
    private int _position;
    private int _nesting;

    private JsonPathConditionParser(ReadOnlySpan<char> text, int position, int depth)
    {
        _text = text;
        _position = position;
        _depth = depth;
    }

    private readonly ReadOnlySpan<char> Rest => _text[_position..];

    public static bool TryParse(
        ReadOnlySpan<char> text, ref int position, int depth, [NotNullWhen(true)] out JsonPathCondition? condition)
    {
        var parser = new JsonPathConditionParser(text, position, depth);
        condition = depth <= MaxNesting && parser.TryTake("(") ? parser.ParseOr() : null;

        if (condition is null || !parser.TryTake(")"))
        {
            return false;
        }

        position = parser._position;
        return true;
    }

    private JsonPathCondition? ParseOr()
    {
        var left = ParseAnd();
        while (left is not null && TryTake("||"))
        {
            left = CountOperator() && ParseAnd() is { } right ? new JsonPathCondition.Or(left, right) : null;
        }

        return left;
    }

    private JsonPathCondition? ParseAnd()
    {
        var left = ParseNot();
        while (left is not null && TryTake("&&"))
        {
            left = CountOperator() && ParseNot() is { } right ? new JsonPathCondition.And(left, right) : null;
        }

        return left;
    }

    private JsonPathCondition? ParseNot()
    {
        SkipSpace();
        if (!Rest.StartsWith("!") && !Rest.StartsWith("("))
        {
            return ParseComparison();
        }

        if (!CountOperator())
        {
            return null;
        }

        if (TryTake("!"))
        {
            return ParseNot() is { } inner ? new JsonPathCondition.Not(inner) : null;
        }

        TryTake("(");
        var condition = ParseOr();
        return condition is not null && TryTake(")") ? condition : null;
    }

    private JsonPathCondition? ParseComparison()
    {
        if (ParseOperand() is not { } left)
        {
            return null;
        }

        SkipSpace();
        foreach (var (text, operation) in Operators)
        {
            if (!TryTake(text.AsSpan().TrimEnd('['), Rest.StartsWith(text)))
            {
                continue;
            }

            if (operation == JsonPathOperator.Matches)
            {
                return ParseRegex() is { } pattern ? new JsonPathComparison(left, operation, null, pattern) : null;
            }

            return ParseOperand() is { } right ? new JsonPathComparison(left, operation, right, null) : null;
        }

        return left.IsPath ? new JsonPathCondition.Exists(left) : null;
    }

    private JsonPathOperand? ParseOperand()
    {
        SkipSpace();
        if (Rest.IsEmpty)
        {
            return null;
        }

        if (Rest[0] is '@' or '$')
        {
            var fromDocument = Rest[0] == '$';
            _position++;
            return JsonPathParser.TryParsePart(_text, ref _position, _depth, out var path) ? new(path, fromDocument) : null;
        }

        return TryParseConstant(out var constant) ? new(constant) : null;
    }

    private bool TryParseConstant(out Value value)
    {
        value = default;
        SkipSpace();

        if (Rest.IsEmpty)
        {
            return false;
        }

        if (Rest[0] is '\'' or '"')
        {
            var isText = JsonPathParser.TryParseQuoted(_text, ref _position, out var text);
            value = Value.Of(text);
            return isText;
        }

        if (Rest[0] == '[')
        {
            return TryParseList(out value);
        }

        var length = Rest.IndexOfAny(ConstantEnds);
        var word = length < 0 ? Rest : Rest[..length];
        _position += word.Length;

        return ValueReader.TryRead(word.ToString(), out value) && value.Map is null;
    }

    private bool TryParseList(out Value value)
    {
        var list = new ValueList { IsJson = true };
        value = Value.Of(list);
        _position++;

        if (TryTake("]"))
        {
            return true;
        }

        do
        {
            if (!CountOperator() || !TryParseConstant(out var item))
            {
                return false;
            }

            list.Add(item);
        }
        while (TryTake(","));

        return TryTake("]");
    }

    private Regex? ParseRegex()
    {
        SkipSpace();
        if (!Rest.StartsWith("/"))
        {
            return null;
        }

        var pattern = new StringBuilder();
        var i = 1;
        for (; i < Rest.Length && Rest[i] != '/'; i++)
        {
            if (Rest[i] == '\\' && i + 1 < Rest.Length)
            {
                pattern.Append(Rest[i++]);
            }

            pattern.Append(Rest[i]);
        }

        var ignoreCase = i + 1 < Rest.Length && Rest[i + 1] == 'i';
        _position = Math.Min(_position + i + (ignoreCase ? 2 : 1), _text.Length);

        return JavaRegex.TryCompile(pattern.ToString(), whole: true, ignoreCase, out var regex) ? regex : null;
    }

    // Bounds the depth of the tree, and with it the stack that evaluation needs.
    private bool CountOperator() => ++_nesting <= MaxNesting * 4;

    private bool TryTake(ReadOnlySpan<char> text)
    {
        SkipSpace();
        return TryTake(text, Rest.StartsWith(text));
    }

    private bool TryTake(ReadOnlySpan<char> text, bool matches)
    {
        if (matches)
        {
            _position += text.Length;
        }

        return matches;
    }

    private void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] == ' ')
        {
            _position++;
        }
    }
}
