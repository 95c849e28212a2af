namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>A pattern of ARNs: six parts, each with wildcards of its own.</summary>
internal sealed class ArnPattern
{
    private readonly TextPattern[] _parts;

    private ArnPattern(TextPattern[] parts, bool matchesAll)
    {
        _parts = parts;
        MatchesAll = matchesAll;
    }

    /// <summary>Gets whether it is the pattern <c>*</c>.</summary>
    public bool MatchesAll { get; }

    /// <summary>Gets whether it has too few parts to match any ARN.</summary>
    public bool MatchesNothing => !MatchesAll && _parts.Length == 0;

    /// <summary>Gets the pattern of what follows the fifth colon.</summary>
    public TextPattern Resource => _parts[^1];

    /// <summary>Gets the keys of the variables.</summary>
    public IEnumerable<PolicyKey> Variables => _parts.SelectMany(static part => part.Variables);

    /// <summary>Compiles a pattern. Short ones match nothing, unless they end in <c>*</c>.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="variables">Where variables are read: nowhere, after the fifth colon, or everywhere.</param>
    public static ArnPattern Compile(ReadOnlySpan<char> text, ArnVariables variables)
    {
        if (text is "*")
        {
            return new ArnPattern([], true);
        }

        var parts = new List<TextPattern>(ArnParts.Count);
        var start = 0;
        for (var i = 0; i < text.Length && parts.Count < ArnParts.Count - 1; i++)
        {
            if (text[i] == '$' && variables == ArnVariables.Everywhere && PolicyVariable.TryParse(text[i..], out var variable))
            {
                // The colon in ${aws:username} does not end a part.
                i += variable.Length - 1;
            }
            else if (text[i] == ':')
            {
                parts.Add(Part(text[start..i], variables == ArnVariables.Everywhere));
                start = i + 1;
            }
        }

        var last = text[start..];
        var isWhole = parts.Count == ArnParts.Count - 1;
        parts.Add(Part(last, variables == ArnVariables.Everywhere || (isWhole && variables == ArnVariables.InResource)));
        if (!isWhole && (last.IsEmpty || last[^1] != '*'))
        {
            return new ArnPattern([], false);
        }

        while (parts.Count < ArnParts.Count)
        {
            parts.Add(Part("*", false));
        }

        return new ArnPattern([.. parts], false);
    }

    public bool IsMatch(in ArnParts arn, PolicyKeySource keys) =>
        MatchesAll

        // The last part first: requests of one API differ only there.
        || (_parts.Length == ArnParts.Count
            && _parts[5].IsMatch(arn.Resource, keys)
            && MatchesBeginning(arn, keys));

    /// <summary>Whether all but the last part match.</summary>
    public bool MatchesBeginning(in ArnParts arn, PolicyKeySource keys) =>
        MatchesAll
        || (_parts.Length == ArnParts.Count
            && _parts[4].IsMatch(arn.Account, keys)
            && _parts[3].IsMatch(arn.Region, keys)
            && _parts[2].IsMatch(arn.Service, keys)
            && _parts[1].IsMatch(arn.Partition, keys)
            && _parts[0].IsMatch("arn", keys));

    private static TextPattern Part(ReadOnlySpan<char> text, bool variables) =>
        TextPattern.Compile(text, variables ? PatternSyntax.Wildcards | PatternSyntax.Variables : PatternSyntax.Wildcards);
}
