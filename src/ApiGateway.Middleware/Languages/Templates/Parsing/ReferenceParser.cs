using ApiGateway.Middleware.Languages.Templates.Syntax;

namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Parses references: <c>$a</c>, <c>$!a</c>, <c>${a}</c>, with what follows them.</summary>
internal static class ReferenceParser
{
    /// <summary>Returns whether a reference starts at <paramref name="position"/>, where a dollar sign is.</summary>
    public static bool IsReference(Cursor cursor, int position)
    {
        var text = cursor.Text;
        position++;
        if (position < text.Length && text[position] == '!')
        {
            position++;
        }

        if (position < text.Length && text[position] == '{')
        {
            position++;
        }

        return cursor.NameLength(position) > 0;
    }

    /// <summary>Parses the reference at the cursor.</summary>
    public static ReferenceExpression Parse(Cursor cursor)
    {
        cursor.State.Enter(cursor.Reported);
        cursor.Expect('$');
        cursor.TryTake('!');
        var isFormal = cursor.TryTake('{');
        var name = cursor.TakeName() ?? throw cursor.Error("A name is expected after '$'.");

        var accessors = new List<Accessor>();
        while (TryParseAccessor(cursor) is { } accessor)
        {
            accessors.Add(accessor);
        }

        if (isFormal)
        {
            cursor.Expect('}');
        }

        cursor.State.Leave();
        return new(cursor.State.Slot(name), [.. accessors]);
    }

    private static Accessor? TryParseAccessor(Cursor cursor)
    {
        if (cursor.TryTake('['))
        {
            var index = ExpressionParser.Parse(cursor);
            cursor.Expect(']');
            return new IndexAccessor(index);
        }

        if (cursor.Current != '.' || !char.IsAsciiLetter(cursor.Peek(1)))
        {
            return null;
        }

        cursor.Position++;
        var name = cursor.TakeName()!;
        return cursor.TryTake('(') ? new MethodAccessor(new(name), ParseArguments(cursor, name)) : new PropertyAccessor(name);
    }

    private static TemplateExpression[] ParseArguments(Cursor cursor, string method)
    {
        cursor.SkipSpace();
        if (cursor.TryTake(')'))
        {
            return [];
        }

        var arguments = new List<TemplateExpression>();
        do
        {
            arguments.Add(ExpressionParser.Parse(cursor));
        }
        while (cursor.TryTake(','));

        cursor.Expect(')');
        return arguments.Count <= MethodAccessor.MaxArguments
            ? [.. arguments]
            : throw cursor.Error($"'{method}' has more than {MethodAccessor.MaxArguments} arguments.");
    }
}
