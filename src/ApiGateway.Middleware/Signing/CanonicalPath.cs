using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Signing;

/// <summary>The path of a canonical request.</summary>
internal static class CanonicalPath
{
    /// <summary>Writes the path: without empty and dot segments if it is normalized, and each character encoded (again).</summary>
    /// <param name="target">Takes the path.</param>
    /// <param name="path">The path as it is sent, still percent-encoded.</param>
    /// <param name="normalizes">Whether dot segments are removed; every service but S3 does.</param>
    public static void Write(PooledBufferWriter target, ReadOnlySpan<char> path, bool normalizes)
    {
        var start = target.Length;
        if (!normalizes)
        {
            foreach (var range in path.Split('/'))
            {
                var (offset, length) = range.GetOffsetAndLength(path.Length);
                if (offset > 0)
                {
                    target.WriteByte((byte)'/');
                }

                UriEncoding.WriteEncoded(target, path.Slice(offset, length));
            }
        }
        else
        {
            var isFolder = false;
            foreach (var range in path.Split('/'))
            {
                var segment = path[range];
                isFolder = segment is "" or "." or "..";
                if (segment is "..")
                {
                    RemoveLast(target, start);
                }
                else if (!isFolder)
                {
                    target.WriteByte((byte)'/');
                    UriEncoding.WriteEncoded(target, segment);
                }
            }

            if (isFolder && target.Length > start)
            {
                target.WriteByte((byte)'/');
            }
        }

        if (target.Length == start)
        {
            target.WriteByte((byte)'/');
        }
    }

    private static void RemoveLast(PooledBufferWriter target, int start)
    {
        var slash = target.WrittenSpan[start..].LastIndexOf((byte)'/');
        if (slash >= 0)
        {
            target.Truncate(start + slash);
        }
    }
}
