using System.Globalization;
using ApiGateway.Middleware.Languages.Templates.Syntax;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Parses expressions: what stands between the parentheses of a directive or of a call.</summary>
internal static class ExpressionParser
{
    // A chain of operators is a tree of that depth.
    private const int MaxOperators = 100;

    private static readonly (string Symbol, string? Word, BinaryOperator Operator)[][] Levels =
    [
        [("||", "or", BinaryOperator.Or)],
        [("&&", "and", BinaryOperator.And)],
        [("==", "eq", BinaryOperator.Equal), ("!=", "ne", BinaryOperator.NotEqual)],
        [
            ("<=", "le", BinaryOperator.LessOrEqual), (">=", "ge", BinaryOperator.GreaterOrEqual),
            ("<", "lt", BinaryOperator.Less), (">", "gt", BinaryOperator.Greater),
        ],
        [("+", null, BinaryOperator.Add), ("-", null, BinaryOperator.Subtract)],
        [("*", null, BinaryOperator.Multiply), ("/", null, BinaryOperator.Divide), ("%", null, BinaryOperator.Remainder)],
    ];

    public static TemplateExpression Parse(Cursor cursor) => ParseLevel(cursor, 0);

    /// <summary>Parses a value without operators around it. Space on both sides belongs to it.</summary>
    public static TemplateExpression ParsePrimary(Cursor cursor)
    {
        cursor.SkipSpace();
        cursor.State.Enter(cursor.Reported);

        var result = cursor.Current switch
        {
            '$' => ReferenceParser.Parse(cursor),
            '\'' or '"' => ParseText(cursor),
            '[' => ParseList(cursor),
            '{' => ParseMap(cursor),
            '(' => ParseParentheses(cursor),
            '-' or '.' or (>= '0' and <= '9') => ParseNumber(cursor),
            _ => ParseWord(cursor),
        };

        cursor.State.Leave();
        cursor.SkipSpace();
        return result;
    }

    private static TemplateExpression ParseLevel(Cursor cursor, int level)
    {
        if (level == Levels.Length)
        {
            return ParseUnary(cursor);
        }

        var left = ParseLevel(cursor, level + 1);
        for (var count = 0; TryTakeOperator(cursor, Levels[level]) is { } operation; count++)
        {
            if (count == MaxOperators)
            {
                throw cursor.Error($"An expression has more than {MaxOperators} operators in a row.");
            }

            left = Combine(left, operation, ParseLevel(cursor, level + 1));
        }

        return left;
    }

    private static TemplateExpression Combine(TemplateExpression left, BinaryOperator operation, TemplateExpression right) =>
        operation switch
        {
            BinaryOperator.Or or BinaryOperator.And => new LogicExpression(left, operation, right),
            >= BinaryOperator.Add => new ArithmeticExpression(left, operation, right),
            _ => new ComparisonExpression(left, operation, right),
        };

    private static BinaryOperator? TryTakeOperator(Cursor cursor, (string Symbol, string? Word, BinaryOperator Operator)[] level)
    {
        cursor.SkipSpace();
        foreach (var (symbol, word, operation) in level)
        {
            if (cursor.TryTake(symbol) || (word is not null && TryTakeWord(cursor, word)))
            {
                return operation;
            }
        }

        return null;
    }

    private static TemplateExpression ParseUnary(Cursor cursor)
    {
        cursor.SkipSpace();
        if (!(cursor.Current == '!' && cursor.Peek(1) != '=' && cursor.TryTake('!')) && !TryTakeWord(cursor, "not"))
        {
            return ParsePrimary(cursor);
        }

        cursor.State.Enter(cursor.Reported);
        var inner = ParseUnary(cursor);
        cursor.State.Leave();
        return new NotExpression(inner);
    }

    private static TemplateExpression ParseParentheses(Cursor cursor)
    {
        cursor.Position++;
        var inner = Parse(cursor);
        cursor.Expect(')');
        return inner;
    }

    private static LiteralExpression ParseWord(Cursor cursor)
    {
        if (TryTakeWord(cursor, "true"))
        {
            return new(Value.True);
        }

        if (TryTakeWord(cursor, "false"))
        {
            return new(Value.False);
        }

        throw cursor.Error(cursor.IsAtEnd ? "A value is missing at the end." : $"A value is expected, but '{cursor.Current}' is found.");
    }

    private static LiteralExpression ParseNumber(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.TryTake('-');
        SkipDigits(cursor);

        // Two dots are a range: [1..3].
        var isWhole = true;
        if (cursor.Current == '.' && cursor.Peek(1) != '.')
        {
            isWhole = false;
            cursor.Position++;
            SkipDigits(cursor);
        }

        if (cursor.Current is 'e' or 'E' && (char.IsAsciiDigit(cursor.Peek(1)) || char.IsAsciiDigit(cursor.Peek(2))))
        {
            isWhole = false;
            cursor.Position += 2;
            SkipDigits(cursor);
        }

        var text = cursor.Text.AsSpan(start, cursor.Position - start);
        if (isWhole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return new(Value.Of(integer));
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new(Value.Of(number))
            : throw cursor.Error($"'{text}' is no number.");
    }

    private static void SkipDigits(Cursor cursor)
    {
        while (char.IsAsciiDigit(cursor.Current))
        {
            cursor.Position++;
        }
    }

    private static TemplateExpression ParseList(Cursor cursor)
    {
        cursor.Position++;
        cursor.SkipSpace();
        if (cursor.TryTake(']'))
        {
            return new ListExpression([]);
        }

        var items = new List<TemplateExpression> { Parse(cursor) };
        if (cursor.TryTake(".."))
        {
            var last = Parse(cursor);
            cursor.Expect(']');
            return new RangeExpression(items[0], last);
        }

        while (cursor.TryTake(','))
        {
            items.Add(Parse(cursor));
        }

        cursor.Expect(']');
        return new ListExpression([.. items]);
    }

    private static MapExpression ParseMap(Cursor cursor)
    {
        cursor.Position++;
        cursor.SkipSpace();
        if (cursor.TryTake('}'))
        {
            return new([]);
        }

        var entries = new List<KeyValuePair<TemplateExpression, TemplateExpression>>();
        do
        {
            var key = Parse(cursor);
            cursor.Expect(':');
            entries.Add(new(key, Parse(cursor)));
        }
        while (cursor.TryTake(','));

        cursor.Expect('}');
        return new([.. entries]);
    }

    private static TemplateExpression ParseText(Cursor cursor)
    {
        var origin = cursor.Reported;
        var quote = cursor.Current;
        var start = ++cursor.Position;

        // A doubled quote stands for one; there is no other escape.
        var isDoubled = false;
        while (true)
        {
            var length = cursor.Rest.IndexOf(quote);
            if (length < 0)
            {
                throw new SyntaxException(origin, "A text in quotes is not closed.");
            }

            cursor.Position += length + 1;
            if (cursor.Current != quote || cursor.IsAtEnd)
            {
                break;
            }

            isDoubled = true;
            cursor.Position++;
        }

        var text = cursor.Text[start..(cursor.Position - 1)];
        if (isDoubled)
        {
            text = text.Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
        }

        return quote == '"' ? ParseInterpolated(cursor, Unescape(text), origin) : new LiteralExpression(Value.Of(text));
    }

    private static TemplateExpression ParseInterpolated(Cursor cursor, string text, int origin)
    {
        if (!text.AsSpan().ContainsAny('$', '#'))
        {
            return new LiteralExpression(Value.Of(text));
        }

        var content = TemplateParser.ParseAll(new Cursor(text, cursor.State, origin));
        return new InterpolatedExpression(content);
    }

    /// <summary>Replaces <c>\uXXXX</c>.</summary>
    private static string Unescape(string text)
    {
        for (var i = text.IndexOf(@"\u", StringComparison.Ordinal); i >= 0; i = text.IndexOf(@"\u", i + 1, StringComparison.Ordinal))
        {
            if (i + 6 <= text.Length && ushort.TryParse(
                text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text = string.Concat(text.AsSpan(0, i), [(char)code], text.AsSpan(i + 6));
            }
        }

        return text;
    }

    private static bool TryTakeWord(Cursor cursor, string word)
    {
        var next = cursor.Peek(word.Length);
        return !char.IsAsciiLetterOrDigit(next) && next != '_' && cursor.TryTake(word);
    }
}
