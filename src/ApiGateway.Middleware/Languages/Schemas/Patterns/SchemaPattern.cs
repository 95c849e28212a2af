using System.Buffers;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>A regular expression of a schema: ECMA 262, unanchored, bounded in time.</summary>
internal sealed class SchemaPattern
{
    private const int StackChars = 256;

    private readonly Regex _regex;

    private SchemaPattern(string source, Regex regex)
    {
        Source = source;
        _regex = regex;
    }

    /// <summary>Gets the expression as the schema has it.</summary>
    public string Source { get; }

    /// <summary>Compiles an expression, or says in <paramref name="error"/> what is wrong with it.</summary>
    public static SchemaPattern? Compile(string source, TimeSpan timeout, out string error)
    {
        if (!EcmaRegex.TryTranslate(source, out var translated, out error))
        {
            return null;
        }

        try
        {
            return new SchemaPattern(source, Create(translated, timeout));
        }
        catch (ArgumentException wrong)
        {
            error = wrong.Message;
            return null;
        }
    }

    /// <summary>Matches the content of a JSON string.</summary>
    public PatternResult Match(ReadOnlySpan<byte> content, bool escaped)
    {
        var rented = content.Length > StackChars ? ArrayPool<char>.Shared.Rent(content.Length) : null;
        var buffer = rented ?? stackalloc char[StackChars];
        var result = Match(buffer[..JsonText.ToUtf16(content, escaped, buffer)]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    public PatternResult Match(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text) ? PatternResult.Match : PatternResult.NoMatch;
        }
        catch (RegexMatchTimeoutException)
        {
            return PatternResult.TimedOut;
        }
    }

    // Linear time where the expression allows it: no look-around, no back-reference, no huge counted loop.
    private static Regex Create(string translated, TimeSpan timeout)
    {
        try
        {
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, timeout);
        }
        catch (NotSupportedException)
        {
            return new Regex(translated, RegexOptions.CultureInvariant, timeout);
        }
    }
}
