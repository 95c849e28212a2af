namespace ApiGateway.Middleware.Definitions;

/// <summary>Where a part of a definition was written, for error messages.</summary>
/// <param name="Source">A file name, or <c>code</c>.</param>
/// <param name="Path">The path inside the source, in the source's own notation: <c>ApiGateway:Apis:orders</c> or <c>$.paths['/orders']</c>.</param>
/// <param name="Line">The line, counted from 1, or <see langword="null"/> where the format has none.</param>
public sealed record DefinitionOrigin(string Source, string Path, int? Line = null)
{
    /// <summary>Gets the origin of a member below this one, in the same notation.</summary>
    /// <param name="member">The member's name.</param>
    public DefinitionOrigin Child(string member) => Path.StartsWith('$')
        ? this with { Path = NeedsQuotes(member) ? $"{Path}['{member}']" : $"{Path}.{member}" }
        : this with { Path = Path.Length == 0 ? member : $"{Path}:{member}" };

    /// <inheritdoc/>
    public override string ToString() => Line is { } line ? $"{Source}({line}): {Path}" : $"{Source}: {Path}";

    private static bool NeedsQuotes(string member)
    {
        foreach (var c in member)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            {
                return true;
            }
        }

        return false;
    }
}
