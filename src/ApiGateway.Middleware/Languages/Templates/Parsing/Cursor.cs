namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>A place in a text. The content of a text in double quotes has a cursor of its own.</summary>
/// <param name="text">The text.</param>
/// <param name="state">What the whole template shares.</param>
/// <param name="origin">Where errors are reported, if not at their own place.</param>
internal sealed class Cursor(string text, CompilationState state, int? origin = null)
{
    public string Text { get; } = text;

    public CompilationState State { get; } = state;

    public int Position { get; set; }

    /// <summary>Gets the position as errors report it.</summary>
    public int Reported => origin ?? Position;

    public bool IsAtEnd => Position >= Text.Length;

    public char Current => Peek(0);

    public char Peek(int offset) => Position + offset < Text.Length ? Text[Position + offset] : '\0';

    public ReadOnlySpan<char> Rest => Text.AsSpan(Position);

    public bool TryTake(char c)
    {
        if (Current != c || IsAtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryTake(string expected)
    {
        if (!Rest.StartsWith(expected))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    public void Expect(char c)
    {
        if (!TryTake(c))
        {
            throw Error(IsAtEnd ? $"'{c}' is missing at the end." : $"'{c}' is expected, but '{Current}' is found.");
        }
    }

    public void SkipSpace()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            Position++;
        }
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Position++;
        }
    }

    /// <summary>Skips the rest of a line that holds nothing but blanks, its end included.</summary>
    public void SkipLineEnd()
    {
        var start = Position;
        SkipBlanks();

        if (Current == '\r' && Peek(1) == '\n')
        {
            Position += 2;
        }
        else if (Current is '\n' or '\r')
        {
            Position++;
        }
        else
        {
            Position = start;
        }
    }

    /// <summary>Takes a name: a letter or an underscore, then letters, digits, underscores and hyphens.</summary>
    public string? TakeName()
    {
        var length = NameLength(Position);
        if (length == 0)
        {
            return null;
        }

        Position += length;
        return Text.Substring(Position - length, length);
    }

    public int NameLength(int start)
    {
        if (start >= Text.Length || !(char.IsAsciiLetter(Text[start]) || Text[start] == '_'))
        {
            return 0;
        }

        var end = start + 1;
        while (end < Text.Length && (char.IsAsciiLetterOrDigit(Text[end]) || Text[end] is '_' or '-'))
        {
            end++;
        }

        return end - start;
    }

    public SyntaxException Error(string message) => new(Reported, message);
}
