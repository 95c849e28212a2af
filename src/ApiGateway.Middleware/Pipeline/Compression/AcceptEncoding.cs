using System.Globalization;
using ApiGateway.Middleware.Buffers.Coding;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>Chooses the coding of a response by the client's <c>Accept-Encoding</c>: "Receive an API response with a compressed payload".</summary>
/// <remarks>
/// The coding with the highest weight counts, of equal ones the first. If that one is not supported, the body is not coded, even if
/// another that the client accepts would be: so does the managed service.
/// </remarks>
internal static class AcceptEncoding
{
    private const int Codings = 4;

    // What a wildcard stands for, in this order, as far as the client names them nowhere else.
    private static ReadOnlySpan<byte> Preferred => [(byte)ContentCoding.Gzip, (byte)ContentCoding.Deflate, (byte)ContentCoding.Brotli];

    public static ContentCoding Choose(StringValues header, bool allowsBrotli)
    {
        Span<bool> isNamed = stackalloc bool[Codings];
        var best = ContentCoding.Identity;
        var bestWeight = 0d;
        var isWildcard = false;
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var name = NameOf(line.AsSpan()[range], out var weight);
                if (name.IsEmpty)
                {
                    continue;
                }

                var isSupported = ContentCodings.TryParse(name, allowsBrotli, out var coding);
                if (isSupported)
                {
                    isNamed[(int)coding] = true;
                }

                if (weight > bestWeight)
                {
                    bestWeight = weight;
                    isWildcard = name is "*";

                    // A coding that is not supported wins as well, and means none.
                    best = isSupported ? coding : ContentCoding.Identity;
                }
            }
        }

        return isWildcard ? Wildcard(isNamed, allowsBrotli) : best;
    }

    private static ContentCoding Wildcard(ReadOnlySpan<bool> isNamed, bool allowsBrotli)
    {
        foreach (var coding in Preferred)
        {
            if (!isNamed[coding] && (allowsBrotli || coding != (byte)ContentCoding.Brotli))
            {
                return (ContentCoding)coding;
            }
        }

        return ContentCoding.Identity;
    }

    /// <summary>Takes an element apart. One whose weight is no number from 0 to 1 counts as not accepted.</summary>
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> element, out double weight)
    {
        weight = 1;
        var end = element.IndexOf(';');
        if (end < 0)
        {
            return element.Trim();
        }

        foreach (var range in element[(end + 1)..].Split(';'))
        {
            var parameter = element[(end + 1)..][range].Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
                && (!double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out weight) || weight > 1))
            {
                weight = 0;
            }
        }

        return element[..end].Trim();
    }
}
