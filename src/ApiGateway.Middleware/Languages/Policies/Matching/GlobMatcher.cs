namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>Matches a text with a pattern by two pointers: no recursion, and one place to go back to.</summary>
internal static class GlobMatcher
{
    /// <summary>The pattern <c>*</c>. Outside the range of characters, so that text put into a pattern is never a wildcard.</summary>
    public const int AnyRun = 0x10000;

    /// <summary>The pattern <c>?</c>: one UTF-16 unit.</summary>
    public const int AnyOne = 0x10001;

    public static bool IsMatch(ReadOnlySpan<int> pattern, ReadOnlySpan<char> text, bool ignoreCase)
    {
        var p = 0;
        var t = 0;
        var runAt = -1;
        var runEnd = 0;

        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == AnyRun)
            {
                runAt = p++;
                if (!SkipTo(pattern, p, text, ref t, ignoreCase))
                {
                    return false;
                }

                runEnd = t;
            }
            else if (p < pattern.Length && IsOne(pattern[p], text[t], ignoreCase))
            {
                p++;
                t++;
            }
            else if (runAt >= 0)
            {
                // The last run takes one character more; earlier runs need not be tried again.
                p = runAt + 1;
                t = runEnd + 1;
                if (!SkipTo(pattern, p, text, ref t, ignoreCase))
                {
                    return false;
                }

                runEnd = t;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == AnyRun)
        {
            p++;
        }

        return p == pattern.Length;
    }

    // A run that a character follows goes on to the next place where that character is.
    private static bool SkipTo(ReadOnlySpan<int> pattern, int p, ReadOnlySpan<char> text, ref int t, bool ignoreCase)
    {
        if (ignoreCase || p == pattern.Length || pattern[p] >= AnyRun)
        {
            return true;
        }

        var skipped = text[t..].IndexOf((char)pattern[p]);
        t += Math.Max(skipped, 0);
        return skipped >= 0;
    }

    private static bool IsOne(int token, char unit, bool ignoreCase) =>
        token == unit
        || token == AnyOne
        || (ignoreCase && token < AnyRun && char.ToUpperInvariant((char)token) == char.ToUpperInvariant(unit));
}
