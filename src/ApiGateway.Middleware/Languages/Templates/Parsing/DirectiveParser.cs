using System.Text;
using ApiGateway.Middleware.Languages.Templates.Syntax;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Parses directives, and calls of macros, from their hash sign on.</summary>
internal sealed class DirectiveParser(Cursor cursor, TemplateParser text)
{
    private const string BodyVariable = "bodyContent";

    /// <summary>Returns whether a directive or a call of a known macro starts at <paramref name="position"/>.</summary>
    public static bool IsDirective(Cursor cursor, int position)
    {
        NameAt(cursor, position, out var name);
        return IsBuiltIn(name) || cursor.State.Macros.ContainsKey(name);
    }

    /// <summary>Skips the hash sign and the name of a directive.</summary>
    public static void SkipName(Cursor cursor) => cursor.Position = NameAt(cursor, cursor.Position, out _);

    /// <summary>Parses what stands at the cursor into <paramref name="block"/>.</summary>
    /// <returns>The directive that ends the block, if it is one: <c>end</c>, <c>else</c> or <c>elseif</c>.</returns>
    public string? Parse(BlockBuilder block, int runStart)
    {
        var start = cursor.Position;
        var reported = cursor.Reported;
        cursor.Position = NameAt(cursor, start, out var name);

        switch (name)
        {
            case "end" or "else":
                cursor.SkipLineEnd();
                return name;
            case "elseif":
                return name;
            case "if":
                block.Add(ParseIf(reported));
                break;
            case "set" when IsAtParenthesis():
                var indent = cursor.Text.AsSpan(runStart, start - runStart);
                if (!indent.ContainsAnyExcept(' ', '\t'))
                {
                    block.Shorten(indent.Length);
                }

                block.Add(ParseSet());
                break;
            case "foreach":
                block.Add(ParseForeach(reported));
                break;
            case "define":
                block.Add(ParseDefine(reported));
                break;
            case "macro":
                ParseMacro(reported);
                break;
            case "break":
                block.Add(new BreakNode(ParseOptionalArgument()));
                break;
            case "stop":
                ParseOptionalArgument();
                block.Add(new StopNode());
                break;
            case "":
                block.Append("#");
                cursor.Position = start + 1;
                break;
            default:
                ParseCall(block, name, start, reported);
                break;
        }

        return null;
    }

    private static bool IsBuiltIn(string name) =>
        name is "if" or "elseif" or "else" or "end" or "set" or "foreach" or "define" or "macro" or "break" or "stop";

    /// <summary>Reads <c>#name</c> or <c>#{name}</c> and returns where it ends. Without a name that is after the hash sign.</summary>
    private static int NameAt(Cursor cursor, int position, out string name)
    {
        var source = cursor.Text;
        var start = position + 1;
        var isFormal = start < source.Length && source[start] == '{';
        if (isFormal)
        {
            start++;
        }

        var end = start;
        while (end < source.Length && IsNameCharacter(source[end], isFirst: end == start))
        {
            end++;
        }

        name = source[start..end];
        if (isFormal && (end == source.Length || source[end] != '}'))
        {
            name = string.Empty;
        }

        return name.Length == 0 ? position + 1 : end + (isFormal ? 1 : 0);
    }

    private static bool IsNameCharacter(char c, bool isFirst) =>
        char.IsAsciiLetter(c) || c is '_' or '@' || (!isFirst && char.IsAsciiDigit(c));

    private IfNode ParseIf(int start)
    {
        var branches = new List<IfNode.Branch>();
        while (true)
        {
            var condition = ParseParenthesized("if");
            var body = text.ParseBlock(out var end);
            branches.Add(new(condition, body));

            switch (end)
            {
                case "elseif":
                    continue;
                case "else":
                    return new([.. branches], text.ParseBody("if", start));
                case "end":
                    return new([.. branches], null);
                default:
                    throw new SyntaxException(start, "'#if' has no '#end'.");
            }
        }
    }

    private SetNode ParseSet()
    {
        Open("set");
        var target = ParseReference("set");
        cursor.SkipSpace();
        cursor.Expect('=');
        var value = ExpressionParser.Parse(cursor);
        Close();
        return new(target, value);
    }

    private ForeachNode ParseForeach(int start)
    {
        cursor.State.EnterLoop(start);
        Open("foreach");
        var item = ParseVariable("foreach");
        cursor.SkipSpace();
        if (!cursor.TryTake("in"))
        {
            throw cursor.Error("'in' is expected after the variable of '#foreach'.");
        }

        var items = ExpressionParser.Parse(cursor);
        Close();
        var body = text.ParseBody("foreach", start);
        cursor.State.LeaveLoop();
        return new(item, items, body, cursor.State.LoopVariables);
    }

    private DefineNode ParseDefine(int start)
    {
        Open("define");
        var slot = ParseVariable("define");
        Close();
        return new(slot, text.ParseBody("define", start));
    }

    private void ParseMacro(int start)
    {
        Open("macro");
        cursor.SkipSpace();
        var nameStart = cursor.Position;
        while (IsNameCharacter(cursor.Current, isFirst: cursor.Position == nameStart))
        {
            cursor.Position++;
        }

        var name = cursor.Text[nameStart..cursor.Position];
        if (name.Length == 0)
        {
            throw cursor.Error("'#macro' has no name.");
        }

        var parameters = new List<int>();
        for (SkipSeparator(); cursor.Current == '$'; SkipSeparator())
        {
            parameters.Add(ParseVariable("macro"));
        }

        Close();

        // The first definition of a name counts. It is known to its own body, which may call it.
        var macro = new MacroDefinition([.. parameters]);
        cursor.State.Macros.TryAdd(name, macro);
        macro.Body = text.ParseBody("macro", start);
    }

    private void ParseCall(BlockBuilder block, string name, int start, int reported)
    {
        var end = cursor.Position;
        var isBlock = name[0] == '@';
        TemplateExpression[] arguments = [];

        if (IsAtParenthesis())
        {
            var depth = cursor.State.Depth;
            try
            {
                arguments = ParseCallArguments(name);
            }
            catch (SyntaxException) when (!isBlock && !cursor.State.Macros.ContainsKey(name))
            {
                // Text that only looks like a call.
                cursor.State.Depth = depth;
                cursor.Position = end;
                block.Append(cursor.Text.AsSpan(start, end - start));
                return;
            }
        }

        var literal = Encoding.UTF8.GetBytes(cursor.Text[start..cursor.Position]);
        var body = isBlock ? text.ParseBody(name, reported) : null;
        var call = new MacroCallNode(arguments, isBlock ? cursor.State.Slot(BodyVariable) : -1, body, literal);

        cursor.State.AddCall(isBlock ? name[1..] : name, call);
        block.Add(call);
    }

    private TemplateExpression[] ParseCallArguments(string name)
    {
        Open(name);
        var arguments = new List<TemplateExpression>();
        for (SkipSeparator(); cursor.Current != ')' && !cursor.IsAtEnd; SkipSeparator())
        {
            arguments.Add(ExpressionParser.ParsePrimary(cursor));
        }

        Close();
        return [.. arguments];
    }

    private TemplateExpression? ParseOptionalArgument()
    {
        if (!IsAtParenthesis())
        {
            return null;
        }

        Open("break");
        cursor.SkipSpace();
        var argument = cursor.Current == ')' ? null : ExpressionParser.Parse(cursor);
        Close();
        return argument;
    }

    private TemplateExpression ParseParenthesized(string directive)
    {
        Open(directive);
        var expression = ExpressionParser.Parse(cursor);
        Close();
        return expression;
    }

    private ReferenceExpression ParseReference(string directive)
    {
        cursor.SkipSpace();
        return cursor.Current == '$' && ReferenceParser.IsReference(cursor, cursor.Position)
            ? ReferenceParser.Parse(cursor)
            : throw cursor.Error($"'#{directive}' needs a variable.");
    }

    private int ParseVariable(string directive)
    {
        var reference = ParseReference(directive);
        return reference.IsVariable ? reference.Slot : throw cursor.Error($"'#{directive}' needs a plain variable.");
    }

    private bool IsAtParenthesis()
    {
        var rest = cursor.Rest.TrimStart(" \t\r\n");
        return rest.StartsWith("(");
    }

    private void Open(string directive)
    {
        cursor.SkipSpace();
        if (!cursor.TryTake('('))
        {
            throw cursor.Error($"'#{directive}' needs parentheses.");
        }
    }

    private void Close()
    {
        cursor.SkipSpace();
        cursor.Expect(')');
        cursor.SkipLineEnd();
    }

    private void SkipSeparator()
    {
        cursor.SkipSpace();
        if (cursor.TryTake(','))
        {
            cursor.SkipSpace();
        }
    }
}
