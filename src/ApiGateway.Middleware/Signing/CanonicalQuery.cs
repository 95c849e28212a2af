using System.Buffers;
using System.Runtime.InteropServices;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Signing;

/// <summary>The query of a canonical request: pairs, encoded, in the order of their bytes.</summary>
internal static class CanonicalQuery
{
    private const string Signature = "X-Amz-Signature";

    /// <summary>Writes the query.</summary>
    /// <param name="target">Takes the query.</param>
    /// <param name="query">The query as it is sent, with or without question mark.</param>
    /// <param name="without">The name of a parameter to leave out besides <c>X-Amz-Signature</c>, or nothing.</param>
    public static void Write(PooledBufferWriter target, ReadOnlySpan<char> query, ReadOnlySpan<char> without = default)
    {
        query = query is ['?', .. var tail] ? tail : query;
        if (query.IsEmpty)
        {
            return;
        }

        var pairs = ArrayPool<Pair>.Shared.Rent(query.Count('&') + 1);
        using var texts = new PooledBufferWriter();
        try
        {
            var count = 0;
            foreach (var range in query.Split('&'))
            {
                var piece = query[range];
                var equals = piece.IndexOf('=');
                var name = equals < 0 ? piece : piece[..equals];
                if (piece.IsEmpty || name.SequenceEqual(Signature) || (!without.IsEmpty && name.SequenceEqual(without)))
                {
                    continue;
                }

                var start = texts.Length;
                UriEncoding.WriteQueryPart(texts, name);
                var middle = texts.Length;
                UriEncoding.WriteQueryPart(texts, equals < 0 ? default : piece[(equals + 1)..]);
                pairs[count++] = new Pair(start, middle, texts.Length);
            }

            var all = texts.WrittenMemory;
            pairs.AsSpan(0, count).Sort(new Order(all));
            for (var i = 0; i < count; i++)
            {
                var (start, middle, end) = pairs[i];
                if (i > 0)
                {
                    target.WriteByte((byte)'&');
                }

                target.Write(all.Span[start..middle]);
                target.WriteByte((byte)'=');
                target.Write(all.Span[middle..end]);
            }
        }
        finally
        {
            ArrayPool<Pair>.Shared.Return(pairs);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pair(int Start, int Middle, int End);

    // Pairs, not joined texts: an equals sign sorts behind a hyphen, and 'a' must come before 'a-b'.
    private readonly struct Order(ReadOnlyMemory<byte> texts) : IComparer<Pair>
    {
        public int Compare(Pair x, Pair y)
        {
            var all = texts.Span;
            var names = all[x.Start..x.Middle].SequenceCompareTo(all[y.Start..y.Middle]);
            return names != 0 ? names : all[x.Middle..x.End].SequenceCompareTo(all[y.Middle..y.End]);
        }
    }
}
