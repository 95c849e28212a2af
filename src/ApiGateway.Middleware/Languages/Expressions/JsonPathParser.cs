using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Parses paths; the conditions of filters are left to <see cref="JsonPathConditionParser"/>.</summary>
internal ref struct JsonPathParser
{
    private readonly List<JsonPathStep> _steps = [];
    private JsonPathFunction? _function;

    private JsonPathParser(ReadOnlySpan<char> text, int position, int depth)
    {
        Text = text;
        Position = position;
        Depth = depth;
    }

    /// <summary>Gets the whole text; a path inside a filter is a part of it.</summary>
    public ReadOnlySpan<char> Text { get; }

    public int Position { get; set; }

    /// <summary>Gets how many filters surround the path.</summary>
    public int Depth { get; }

    private readonly char Current => Position < Text.Length ? Text[Position] : '\0';

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is 0 or > JsonPath.MaxLength)
        {
            return false;
        }

        var parser = trimmed[0] is '$' or '@'
            ? new JsonPathParser(trimmed, 1, 0)
            : new JsonPathParser(trimmed[0] == '[' ? $"${trimmed}" : $"$.{trimmed}", 1, 0);

        return parser.TryParsePath(out path) && parser.Position == parser.Text.Length;
    }

    /// <summary>Parses the path that starts at <paramref name="position"/>, after its <c>$</c> or <c>@</c>.</summary>
    public static bool TryParsePart(ReadOnlySpan<char> text, ref int position, int depth, [NotNullWhen(true)] out JsonPath? path)
    {
        var parser = new JsonPathParser(text, position, depth);
        var isPath = parser.TryParsePath(out path);
        position = parser.Position;
        return isPath;
    }

    private bool TryParsePath([NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        while (_function is null && Current is '.' or '[')
        {
            if (!(Current == '[' ? TryParseBracket() : TryParseDot()))
            {
                return false;
            }
        }

        path = new([.. _steps], _function);
        return true;
    }

    private bool TryParseDot()
    {
        Position++;
        if (Current == '.')
        {
            Position++;
            _steps.Add(new JsonPathDescent());
            if (Current == '[')
            {
                return TryParseBracket();
            }
        }

        if (Current == '*')
        {
            Position++;
            _steps.Add(new JsonPathWildcard());
            return true;
        }

        var start = Position;
        while (IsNameCharacter(Current))
        {
            Position++;
        }

        var name = Text[start..Position];
        if (name.IsEmpty)
        {
            return false;
        }

        if (Text[Position..].StartsWith("()"))
        {
            Position += 2;
            _function = JsonPathFunctions.Find(name);
            return _function is not null;
        }

        _steps.Add(new JsonPathMember(name.ToString()));
        return true;
    }

    private bool TryParseBracket()
    {
        Position++;
        SkipSpace();

        switch (Current)
        {
            case '*':
                Position++;
                _steps.Add(new JsonPathWildcard());
                return TryTake(']');
            case '?':
                Position++;
                return TryParseFilter();
            case '\'' or '"':
                return TryParseNames();
            default:
                return TryParsePositions();
        }
    }

    private bool TryParseFilter()
    {
        var position = Position;
        if (!JsonPathConditionParser.TryParse(Text, ref position, Depth + 1, out var condition))
        {
            return false;
        }

        Position = position;
        _steps.Add(new JsonPathFilter(condition));
        return TryTake(']');
    }

    private bool TryParseNames()
    {
        var names = new List<string>();
        do
        {
            SkipSpace();
            var position = Position;
            if (!TryParseQuoted(Text, ref position, out var name))
            {
                return false;
            }

            Position = position;
            names.Add(name);
        }
        while (TryTake(','));

        _steps.Add(names.Count == 1 ? new JsonPathMember(names[0]) : new JsonPathMembers([.. names]));
        return TryTake(']');
    }

    private bool TryParsePositions()
    {
        var first = ParseInteger();
        if (TryTake(':'))
        {
            _steps.Add(new JsonPathSlice(first, ParseInteger()));
            return TryTake(']');
        }

        if (first is not { } position)
        {
            return false;
        }

        var positions = new List<JsonPathIndex> { new(position) };
        while (TryTake(','))
        {
            if (ParseInteger() is not { } next)
            {
                return false;
            }

            positions.Add(new(next));
        }

        _steps.Add(positions.Count == 1 ? positions[0] : new JsonPathIndexes([.. positions]));
        return TryTake(']');
    }

    /// <summary>Parses a text in single or double quotes; a backslash takes the next character as it is.</summary>
    public static bool TryParseQuoted(ReadOnlySpan<char> text, ref int position, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (position >= text.Length || text[position] is not ('\'' or '"'))
        {
            return false;
        }

        var quote = text[position++];
        var result = new StringBuilder();
        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (c == quote)
            {
                position++;
                value = result.ToString();
                return true;
            }

            if (c == '\\' && position + 1 < text.Length)
            {
                c = text[++position];
            }

            result.Append(c);
        }

        return false;
    }

    private int? ParseInteger()
    {
        SkipSpace();
        var start = Position;
        if (Current == '-')
        {
            Position++;
        }

        while (char.IsAsciiDigit(Current))
        {
            Position++;
        }

        return int.TryParse(Text[start..Position], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (Current != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    private void SkipSpace()
    {
        while (Current == ' ')
        {
            Position++;
        }
    }

    // Inside a filter a name also ends where an operator may begin.
    private readonly bool IsNameCharacter(char c) =>
        c is not ('\0' or '.' or '[' or ']' or '(' or ')' or ' ' or '\'' or '"')
        && (Depth == 0 || c is not ('=' or '!' or '<' or '>' or '&' or '|' or ',' or '~'));
}
