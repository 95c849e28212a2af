using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Routing;

/// <summary>Which API and stage does a request ask for, by mount, host, base path and first segment?</summary>
internal static class ApiSelector
{
    /// <summary>Finds the API that answers.</summary>
    /// <param name="directory">The hosts and base paths of the snapshot.</param>
    /// <param name="host">The request's host.</param>
    /// <param name="target">The request's target.</param>
    /// <param name="mount">The path under which the gateway was mounted, without slash at the end, or empty.</param>
    /// <param name="match">What was found.</param>
    /// <returns>False if no API claims the request, so that the application's next middleware gets it.</returns>
    public static bool TrySelect(ApiDirectory directory, string? host, in RequestTarget target, string mount, out ApiMatch match)
    {
        match = default;
        var raw = target.Raw;
        var start = LastOfSlashes(raw, target.PathStart, target.PathEnd);
        if (mount.Length > 0)
        {
            if (!IsPrefix(raw.AsSpan(start, target.PathEnd - start), mount, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

        }

        if (TryMappings(directory.ForHost(host), target, start, mount.Length, ref match)
            || TryMappings(directory.AnyHost, target, start, mount.Length, ref match))
        {
            return true;
        }

        // What is below a mount is the gateway's own, found or not.
        if (mount.Length > 0 && directory.AnyHost is [{ } first, ..])
        {
            match = new ApiMatch(first.Owner, null, start, target.PathEnd);
            return true;
        }

        return false;
    }

    private static bool TryMappings(
        ApiMapping[] mappings, in RequestTarget target, int start, int mountLength, ref ApiMatch match)
    {
        var raw = target.Raw;
        var end = target.PathEnd;
        var below = start + mountLength;
        foreach (var mapping in mappings)
        {
            if (!IsPrefix(raw.AsSpan(below, end - below), mapping.BasePath, StringComparison.Ordinal))
            {
                continue;
            }

            var at = LastOfSlashes(raw, below + mapping.BasePath.Length, end);
            if (mapping is { FixedStage: { } only, IsDisabled: false })
            {
                match = new ApiMatch(only.Api, only, start, at) { Mapping = mapping };
                return true;
            }

            var segment = raw.AsSpan(Math.Min(at + 1, end), Math.Max(0, end - at - 1));
            var length = segment.IndexOf('/');
            length = length < 0 ? segment.Length : length;
            if (!mapping.IsDisabled && mapping.Stages.Find(segment[..length]) is { } stage)
            {
                match = new ApiMatch(stage.Api, stage, start, LastOfSlashes(raw, at + 1 + length, end)) { Mapping = mapping };
                return true;
            }

            if (mapping is { DefaultStage: { } rest, IsDisabled: false })
            {
                match = new ApiMatch(rest.Api, rest, start, at)
                {
                    Mapping = mapping,
                    IsShared = !mapping.IsClaiming && mapping.BasePath.Length == 0 && mountLength == 0,
                };
                return true;
            }

            if (mapping.IsClaiming)
            {
                match = new ApiMatch(mapping.Owner, null, start, end) { Mapping = mapping };
                return true;
            }
        }

        return false;
    }

    private static bool IsPrefix(ReadOnlySpan<char> path, string prefix, StringComparison comparison) =>
        prefix.Length == 0
        || (path.StartsWith(prefix, comparison) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    // Slashes in front of the stage and of the resource count as one: recorded.
    private static int LastOfSlashes(string raw, int start, int end)
    {
        while (start + 1 < end && raw[start] == '/' && raw[start + 1] == '/')
        {
            start++;
        }

        return start;
    }
}
