namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds <c>.</c> and <c>..</c> as segments of a path (RFC 3986 5.2.4).</summary>
/// <remarks>Also with parameters behind a semicolon, because some servers cut those off before they look.</remarks>
internal static class DotSegments
{
    public static bool IsIn(ReadOnlySpan<char> path)
    {
        while (path.IndexOf("/.", StringComparison.Ordinal) is >= 0 and var at)
        {
            path = path[(at + 2)..];
            if (path is [] or ['/' or ';', ..] or ['.'] or ['.', '/' or ';', ..])
            {
                return true;
            }
        }

        return false;
    }
}
