using System.Buffers;

namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>A policy variable: <c>${key}</c>, <c>${key, 'default'}</c>, or a special character as <c>${*}</c>.</summary>
/// <param name="Length">Length of the whole, in UTF-16 units.</param>
/// <param name="Special">The character that <c>${*}</c>, <c>${?}</c> or <c>${$}</c> stands for, or 0.</param>
/// <param name="Key">The key, or an empty string.</param>
/// <param name="Default">The text without its quotes, or <see langword="null"/>.</param>
internal readonly record struct PolicyVariable(int Length, char Special, string Key, string? Default)
{
    private static readonly SearchValues<char> NotInKeys = SearchValues.Create("{}'$*?,\t\r\n");

    /// <summary>Reads the variable at the start of a text. What is no variable is ordinary text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PolicyVariable variable)
    {
        variable = default;
        if (!text.StartsWith("${", StringComparison.Ordinal))
        {
            return false;
        }

        var body = text[2..];
        if (body.Length >= 2 && body[1] == '}' && body[0] is '*' or '?' or '$')
        {
            variable = new PolicyVariable(4, body[0], "", null);
            return true;
        }

        var end = body.IndexOfAny(NotInKeys);
        if (end < 0)
        {
            return false;
        }

        var key = body[..end].Trim(' ');
        if (key.IsEmpty)
        {
            return false;
        }

        if (body[end] == '}')
        {
            variable = new PolicyVariable(end + 3, '\0', key.ToString(), null);
            return true;
        }

        return body[end] == ',' && TryParseDefault(text, end + 3, key, out variable);
    }

    private static bool TryParseDefault(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> key, out PolicyVariable variable)
    {
        variable = default;
        at = SkipBlanks(text, at);
        if (at == text.Length || text[at] != '\'')
        {
            return false;
        }

        var length = text[(at + 1)..].IndexOf('\'');
        if (length < 0)
        {
            return false;
        }

        var end = SkipBlanks(text, at + length + 2);
        if (end == text.Length || text[end] != '}')
        {
            return false;
        }

        variable = new PolicyVariable(end + 1, '\0', key.ToString(), text.Slice(at + 1, length).ToString());
        return true;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
