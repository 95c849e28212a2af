using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Compiles regular expressions of Java's dialect.</summary>
/// <remarks>
/// Matching takes linear time where the pattern allows it. Patterns with look-around, back references or atomic groups do not;
/// they stop after a tenth of a second with a <see cref="RegexMatchTimeoutException"/>.
/// </remarks>
internal static class JavaRegex
{
    /// <summary>The longest pattern, in characters.</summary>
    public const int MaxLength = 1024;

    private const double MaxRepetitions = 100_000;

    private static readonly SearchValues<char> Counts = SearchValues.Create("0123456789,");

    private static readonly TimeSpan LinearTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BacktrackingTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="whole">Whether it must match a text as a whole, or some part of it.</param>
    /// <param name="ignoreCase">Whether upper and lower case are the same.</param>
    /// <param name="regex">The compiled pattern, if it is well formed and not too long.</param>
    public static bool TryCompile(string pattern, bool whole, bool ignoreCase, [NotNullWhen(true)] out Regex? regex)
    {
        regex = null;
        if (pattern.Length > MaxLength)
        {
            return false;
        }

        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        var translated = whole ? $@"\A(?:{Translate(pattern)})\z" : Translate(pattern);

        try
        {
            regex = Build(translated, options);

            // The first match compiles the engine's code, which must not count against a request's time.
            _ = regex.IsMatch(string.Empty);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            regex = null;
            return false;
        }
    }

    /// <summary>Spells a Java pattern in .NET's dialect.</summary>
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var classDepth = 0;
        var dotAll = pattern.Contains("(?s)", StringComparison.Ordinal);

        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            switch (c)
            {
                case '\\' when i + 1 < pattern.Length:
                    i = TranslateEscape(pattern, i, classDepth > 0, result);
                    break;
                case '[':
                    classDepth++;
                    result.Append(classDepth > 1 ? @"\[" : "[");
                    break;
                case ']' when classDepth > 0:
                    classDepth--;
                    result.Append(classDepth > 0 ? @"\]" : "]");
                    break;
                case '.' when classDepth == 0 && !dotAll:
                    result.Append(@"[^\n\r\u0085\u2028\u2029]");
                    break;
                case '+' when classDepth == 0 && i > 0 && IsQuantifierEnd(pattern, i - 1):
                    // A possessive quantifier only forbids backtracking.
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.ToString();
    }

    private static Regex Build(string pattern, RegexOptions options)
    {
        // Linear matching unrolls counted repetitions; nested ones would take more memory than they are worth.
        if (Repetitions(pattern) <= MaxRepetitions)
        {
            try
            {
                return new(pattern, options | RegexOptions.NonBacktracking, LinearTimeout);
            }
            catch (NotSupportedException)
            {
                // Look-around and the like.
            }
        }

        return new(pattern, options, BacktrackingTimeout);
    }

    /// <summary>Returns the product of all counts in braces.</summary>
    private static double Repetitions(string pattern)
    {
        double product = 1;
        long count = 0, largest = 1;
        var isInside = false;

        foreach (var c in pattern)
        {
            switch (c)
            {
                case '{':
                    isInside = true;
                    count = 0;
                    largest = 1;
                    break;
                case '}' when isInside:
                    isInside = false;
                    product *= largest;
                    break;
                case ',':
                    count = 0;
                    break;
                case >= '0' and <= '9' when isInside:
                    count = Math.Min((count * 10) + (c - '0'), int.MaxValue);
                    largest = Math.Max(largest, count);
                    break;
            }
        }

        return product;
    }

    private static int TranslateEscape(string pattern, int i, bool inClass, StringBuilder result)
    {
        var c = pattern[i + 1];
        switch (c)
        {
            case 'Q':
                var end = pattern.IndexOf(@"\E", i + 2, StringComparison.Ordinal);
                var quoted = end < 0 ? pattern.AsSpan(i + 2) : pattern.AsSpan(i + 2, end - i - 2);
                AppendQuoted(quoted, result);
                return end < 0 ? pattern.Length : end + 1;
            case 'd':
                result.Append(inClass ? "0-9" : "[0-9]");
                return i + 1;
            case 'w':
                result.Append(inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]");
                return i + 1;
            case 's':
                result.Append(inClass ? @" \t\n\v\f\r" : @"[ \t\n\v\f\r]");
                return i + 1;
            case 'D' when !inClass:
                result.Append("[^0-9]");
                return i + 1;
            case 'W' when !inClass:
                result.Append("[^a-zA-Z0-9_]");
                return i + 1;
            case 'S' when !inClass:
                result.Append(@"[^ \t\n\v\f\r]");
                return i + 1;
            case 'h':
                result.Append(inClass ? @" \t\u00a0" : @"[ \t\u00a0]");
                return i + 1;
            case 'R' when !inClass:
                result.Append(@"(?:\r\n|[\n\v\f\r\u0085\u2028\u2029])");
                return i + 1;
            case 'p' or 'P' when PosixClass(pattern, i, out var next) is { } members:
                result.Append(inClass ? members : $"[{(c == 'P' ? "^" : string.Empty)}{members}]");
                return next;
            default:
                result.Append('\\').Append(c);
                return i + 1;
        }
    }

    // Regex.Escape leaves ']' and '}' alone, which is right outside a class only.
    private static void AppendQuoted(ReadOnlySpan<char> text, StringBuilder result)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && char.IsAscii(c))
            {
                result.Append('\\');
            }

            result.Append(c);
        }
    }

    private static string? PosixClass(string pattern, int i, out int next)
    {
        next = i;
        if (i + 2 >= pattern.Length || pattern[i + 2] != '{')
        {
            return null;
        }

        next = pattern.IndexOf('}', i);
        return next < 0 ? null : pattern[(i + 3)..next] switch
        {
            "Lower" => "a-z",
            "Upper" => "A-Z",
            "Alpha" => "a-zA-Z",
            "Digit" => "0-9",
            "Alnum" => "a-zA-Z0-9",
            "Punct" => @"!-/:-@\[-`{-~",
            "Space" => @" \t\n\v\f\r",
            "Blank" => @" \t",
            "XDigit" => "0-9a-fA-F",
            "Cntrl" => @"\x00-\x1f\x7f",
            "ASCII" => @"\x00-\x7f",
            "Graph" => "!-~",
            "Print" => " -~",
            "IsAlphabetic" => @"\p{L}\p{Nl}",
            "IsDigit" => @"\p{Nd}",
            "IsLetter" => @"\p{L}",
            _ => null,
        };
    }

    private static bool IsQuantifierEnd(string pattern, int i)
    {
        if (pattern[i] == '}')
        {
            var count = pattern.AsSpan((pattern.LastIndexOf('{', i) + 1)..i);
            return !count.IsEmpty && !count.ContainsAnyExcept(Counts);
        }

        return pattern[i] is '*' or '+' or '?' && !IsEscaped(pattern, i) && i > 0 && pattern[i - 1] != '(';
    }

    private static bool IsEscaped(string pattern, int i)
    {
        var slashes = 0;
        while (i - slashes > 0 && pattern[i - slashes - 1] == '\\')
        {
            slashes++;
        }

        return slashes % 2 == 1;
    }
}
