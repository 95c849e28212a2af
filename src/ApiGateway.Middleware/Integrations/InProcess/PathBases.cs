using System.Collections.Concurrent;
using ApiGateway.Middleware.Context;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Integrations.InProcess;

/// <summary>Keeps the few texts that <c>PathBase</c> takes: mount, base path and stage.</summary>
internal sealed class PathBases
{
    // More than any definition has; callers can only vary the letter case of a mount.
    private const int Kept = 1024;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public PathBases() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public PathString Of(GatewayContext context, PathString outer)
    {
        var match = context.Selection;
        var text = context.Target.Raw.AsSpan(match.Start, match.ResourceStart - match.Start).TrimEnd('/');
        if (!_lookup.TryGetValue(text, out var known))
        {
            known = text.ToString();
            if (_texts.Count < Kept)
            {
                known = _texts.GetOrAdd(known, known);
            }
        }

        return outer.HasValue ? outer.Add(new PathString(known)) : new PathString(known);
    }
}
