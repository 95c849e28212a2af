using System.Buffers;
using ApiGateway.Middleware.Languages.Templates.Syntax;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Parses text with references and directives in it.</summary>
internal sealed class TemplateParser
{
    private static readonly SearchValues<char> Special = SearchValues.Create("$#\\");

    private readonly Cursor _cursor;

    // Where the run of text that is being read began. Blanks that make up a whole run vanish before a #set.
    private int _runStart;

    private TemplateParser(Cursor cursor) => _cursor = cursor;

    /// <summary>Parses a whole text.</summary>
    public static TemplateNode ParseAll(Cursor cursor)
    {
        var parser = new TemplateParser(cursor);
        var node = parser.ParseBlock(out var end);
        return end is null ? node : throw cursor.Error($"'#{end}' has no directive that it could belong to.");
    }

    /// <summary>Parses up to the directive that ends the block: <c>end</c>, <c>else</c>, <c>elseif</c>, or none at the end of the text.</summary>
    public TemplateNode ParseBlock(out string? end)
    {
        _cursor.State.Enter(_cursor.Reported);
        var block = new BlockBuilder();
        _runStart = _cursor.Position;
        end = null;

        while (end is null && !_cursor.IsAtEnd)
        {
            var length = _cursor.Rest.IndexOfAny(Special);
            if (length < 0)
            {
                length = _cursor.Rest.Length;
            }

            block.Append(_cursor.Rest[..length]);
            _cursor.Position += length;

            switch (_cursor.Current)
            {
                case '$':
                    ParseDollar(block);
                    break;
                case '#':
                    end = ParseHash(block);
                    break;
                case '\\':
                    ParseBackslashes(block);
                    break;
            }
        }

        _cursor.State.Leave();
        return block.Build();
    }

    /// <summary>Parses the block of a directive that only <c>#end</c> may end.</summary>
    public TemplateNode ParseBody(string directive, int start)
    {
        var body = ParseBlock(out var end);
        return end switch
        {
            "end" => body,
            null => throw new SyntaxException(start, $"'#{directive}' has no '#end'."),
            _ => throw _cursor.Error($"'#{end}' stands in a '#{directive}'."),
        };
    }

    private void ParseDollar(BlockBuilder block)
    {
        if (ReferenceParser.IsReference(_cursor, _cursor.Position))
        {
            block.Add(new ReferenceNode(ReferenceParser.Parse(_cursor)));
        }
        else
        {
            AppendText(block, 1);
        }

        _runStart = _cursor.Position;
    }

    /// <summary>Backslashes count only before a reference or a directive: two print one, and an odd one takes its effect away.</summary>
    private void ParseBackslashes(BlockBuilder block)
    {
        var count = _cursor.Rest.IndexOfAnyExcept('\\');
        count = count < 0 ? _cursor.Rest.Length : count;

        var next = _cursor.Position + count;
        var isReference = _cursor.Peek(count) == '$' && ReferenceParser.IsReference(_cursor, next);
        var isDirective = _cursor.Peek(count) == '#' && DirectiveParser.IsDirective(_cursor, next);

        if (!isReference && !isDirective)
        {
            AppendText(block, count);
        }
        else
        {
            block.Append(_cursor.Text.AsSpan(_cursor.Position, count / 2));
            _cursor.Position = next;

            if (count % 2 == 1)
            {
                AppendEscaped(block, isReference);
            }
        }

        _runStart = _cursor.Position;
    }

    private void AppendEscaped(BlockBuilder block, bool isReference)
    {
        var start = _cursor.Position;
        if (isReference)
        {
            ReferenceParser.Parse(_cursor);
        }
        else
        {
            DirectiveParser.SkipName(_cursor);
        }

        block.Append(_cursor.Text.AsSpan(start, _cursor.Position - start));
    }

    /// <summary>Parses what a hash sign starts. Returns the directive that ends the block, if it is one.</summary>
    private string? ParseHash(BlockBuilder block)
    {
        string? end = null;

        if (_cursor.TryTake("##"))
        {
            SkipLine();
        }
        else if (_cursor.Rest.StartsWith("#*"))
        {
            SkipTo("*#", "A comment");
        }
        else if (_cursor.Rest.StartsWith("#[["))
        {
            var start = _cursor.Position + 3;
            SkipTo("]]#", "A block of raw text");
            block.Append(_cursor.Text.AsSpan(start, _cursor.Position - 3 - start));
        }
        else
        {
            end = new DirectiveParser(_cursor, this).Parse(block, _runStart);
        }

        _runStart = _cursor.Position;
        return end;
    }

    private void SkipLine()
    {
        var length = _cursor.Rest.IndexOfAny('\r', '\n');
        if (length < 0)
        {
            _cursor.Position = _cursor.Text.Length;
            return;
        }

        _cursor.Position += length;
        _cursor.SkipLineEnd();
    }

    private void SkipTo(string end, string what)
    {
        var start = _cursor.Reported;
        _cursor.Position += 2;

        var length = _cursor.Rest.IndexOf(end, StringComparison.Ordinal);
        if (length < 0)
        {
            throw new SyntaxException(start, $"{what} is not closed. '{end}' is missing.");
        }

        _cursor.Position += length + end.Length;
    }

    private void AppendText(BlockBuilder block, int length)
    {
        block.Append(_cursor.Text.AsSpan(_cursor.Position, length));
        _cursor.Position += length;
    }
}
