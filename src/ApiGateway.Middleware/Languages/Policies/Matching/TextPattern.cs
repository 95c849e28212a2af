using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>A text with wildcards or variables, compiled once.</summary>
internal sealed class TextPattern
{
    private const int StackSize = 256;

    private readonly PatternShape _shape;
    private readonly bool _wildcards;
    private readonly StringComparison _comparison;

    // What every match begins and ends with; for an exact pattern all of it is the beginning.
    private readonly string _prefix;
    private readonly string _suffix;

    // What is between these two.
    private readonly int[] _middle;
    private readonly PatternPart[] _parts;

    private TextPattern(PatternShape shape, PatternSyntax syntax, string prefix, string suffix, int[] middle, PatternPart[] parts)
    {
        _shape = shape;
        _wildcards = syntax.HasFlag(PatternSyntax.Wildcards);
        _comparison = syntax.HasFlag(PatternSyntax.IgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        _prefix = prefix;
        _suffix = suffix;
        _middle = middle;
        _parts = parts;
    }

    /// <summary>Gets whether every text matches.</summary>
    public bool IsAnything => _shape == PatternShape.Anything;

    /// <summary>Gets whether one text matches, known now.</summary>
    public bool IsExact => _shape == PatternShape.Exact;

    /// <summary>Gets what every match begins with, as far as it is known now.</summary>
    public string Prefix => _prefix;

    /// <summary>Gets the keys of the variables.</summary>
    public IEnumerable<PolicyKey> Variables => _parts.Where(static part => part.Key is not null).Select(static part => part.Key!);

    /// <summary>Compiles a pattern. Every text is one.</summary>
    public static TextPattern Compile(ReadOnlySpan<char> text, PatternSyntax syntax)
    {
        var parts = new List<PatternPart>();
        var tokens = new List<int>();
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            if (unit == '$' && syntax.HasFlag(PatternSyntax.Variables) && PolicyVariable.TryParse(text[i..], out var variable))
            {
                i += variable.Length - 1;
                if (variable.Special != '\0')
                {
                    tokens.Add(variable.Special);
                    continue;
                }

                parts.Add(new PatternPart([.. tokens], null, null));
                parts.Add(new PatternPart([], PolicyKey.Of(variable.Key), variable.Default));
                tokens.Clear();
            }
            else if (unit == '*' && syntax.HasFlag(PatternSyntax.Wildcards))
            {
                if (tokens.Count == 0 || tokens[^1] != GlobMatcher.AnyRun)
                {
                    tokens.Add(GlobMatcher.AnyRun);
                }
            }
            else
            {
                tokens.Add(unit == '?' && syntax.HasFlag(PatternSyntax.Wildcards) ? GlobMatcher.AnyOne : unit);
            }
        }

        if (parts.Count == 0)
        {
            return WithoutVariables(CollectionsMarshal.AsSpan(tokens), syntax);
        }

        parts.Add(new PatternPart([.. tokens], null, null));
        return new TextPattern(PatternShape.Template, syntax, TextOf(parts[0].Tokens), "", [], [.. parts]);
    }

    /// <summary>Whether the whole text matches. A variable without a value matches nothing.</summary>
    public bool IsMatch(ReadOnlySpan<char> text, PolicyKeySource keys)
    {
        switch (_shape)
        {
            case PatternShape.Anything:
                return true;
            case PatternShape.Exact:
                return text.Equals(_prefix, _comparison);
            case PatternShape.Prefix:
                return text.StartsWith(_prefix, _comparison);
            case PatternShape.Glob:
                return text.Length >= _prefix.Length + _suffix.Length
                    && text.StartsWith(_prefix, _comparison)
                    && text.EndsWith(_suffix, _comparison)
                    && GlobMatcher.IsMatch(
                        _middle, text[_prefix.Length..^_suffix.Length], _comparison == StringComparison.OrdinalIgnoreCase);
            default:
                return text.StartsWith(_prefix, _comparison) && (_wildcards ? MatchesTokens(text, keys) : MatchesText(text, keys));
        }
    }

    /// <summary>Writes the text of a pattern without wildcards; <see langword="false"/> if a variable has no value.</summary>
    public bool TryWrite(ref PatternBuffer<char> buffer, PolicyKeySource keys)
    {
        if (_shape == PatternShape.Exact)
        {
            _prefix.CopyTo(buffer.Append(_prefix.Length));
            return true;
        }

        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        foreach (var part in _parts)
        {
            if (part.Key is null)
            {
                var room = buffer.Append(part.Tokens.Length);
                for (var i = 0; i < room.Length; i++)
                {
                    room[i] = (char)part.Tokens[i];
                }
            }
            else if (TryResolve(part, keys, scratch, out var text))
            {
                text.CopyTo(buffer.Append(text.Length));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static TextPattern WithoutVariables(ReadOnlySpan<int> tokens, PatternSyntax syntax)
    {
        var start = tokens.IndexOfAnyExceptInRange(0, GlobMatcher.AnyRun - 1);
        if (start < 0)
        {
            return new TextPattern(PatternShape.Exact, syntax, TextOf(tokens), "", [], []);
        }

        var prefix = TextOf(tokens[..start]);
        if (start == tokens.Length - 1 && tokens[start] == GlobMatcher.AnyRun)
        {
            return new TextPattern(start == 0 ? PatternShape.Anything : PatternShape.Prefix, syntax, prefix, "", [], []);
        }

        var end = tokens.LastIndexOfAnyExceptInRange(0, GlobMatcher.AnyRun - 1) + 1;
        return new TextPattern(PatternShape.Glob, syntax, prefix, TextOf(tokens[end..]), tokens[start..end].ToArray(), []);
    }

    private static string TextOf(ReadOnlySpan<int> tokens)
    {
        var text = new char[tokens.Length];
        var length = 0;
        while (length < text.Length && tokens[length] < GlobMatcher.AnyRun)
        {
            text[length] = (char)tokens[length];
            length++;
        }

        return new string(text, 0, length);
    }

    private static bool TryResolve(PatternPart part, PolicyKeySource keys, Span<char> scratch, out ReadOnlySpan<char> text)
    {
        if (keys.TryGet(part.Key!, out var value) && value.Kind is not (PolicyValueKind.None or PolicyValueKind.Texts))
        {
            text = value.GetText(scratch);
            return true;
        }

        text = part.Default;
        return part.Default is not null;
    }

    private bool MatchesText(ReadOnlySpan<char> text, PolicyKeySource keys)
    {
        var buffer = new PatternBuffer<char>(stackalloc char[StackSize]);
        var matches = TryWrite(ref buffer, keys) && text.Equals(buffer.Written, _comparison);
        buffer.Dispose();
        return matches;
    }

    private bool MatchesTokens(ReadOnlySpan<char> text, PolicyKeySource keys)
    {
        var buffer = new PatternBuffer<int>(stackalloc int[StackSize]);
        var matches = TryExpand(ref buffer, keys)
            && GlobMatcher.IsMatch(buffer.Written, text, _comparison == StringComparison.OrdinalIgnoreCase);
        buffer.Dispose();
        return matches;
    }

    private bool TryExpand(ref PatternBuffer<int> buffer, PolicyKeySource keys)
    {
        Span<char> scratch = stackalloc char[PolicyValue.MaxFormattedLength];
        foreach (var part in _parts)
        {
            if (part.Key is null)
            {
                part.Tokens.CopyTo(buffer.Append(part.Tokens.Length));
            }
            else if (TryResolve(part, keys, scratch, out var text))
            {
                // Characters only: an asterisk in a user's name must not act as a wildcard.
                var room = buffer.Append(text.Length);
                for (var i = 0; i < text.Length; i++)
                {
                    room[i] = text[i];
                }
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
