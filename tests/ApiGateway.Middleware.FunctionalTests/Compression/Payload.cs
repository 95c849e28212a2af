using System.IO.Compression;
using System.Text;

namespace ApiGateway.Middleware.FunctionalTests.Compression;

/// <summary>Bodies, and their coded forms as another implementation would make them.</summary>
internal static class Payload
{
    public static string Text(int length) =>
        string.Concat(Enumerable.Range(0, (length / 8) + 1).Select(static i => $"{i * 7919 % 9973:D7}\n"))[..length];

    public static byte[] Encode(string coding, ReadOnlySpan<byte> body)
    {
        var coded = new MemoryStream();
        using (var encoder = coding switch
        {
            "gzip" or "x-gzip" => new GZipStream(coded, CompressionLevel.SmallestSize),
            "deflate" => new ZLibStream(coded, CompressionLevel.SmallestSize),
            "raw" => new DeflateStream(coded, CompressionLevel.SmallestSize),
            "br" => new BrotliStream(coded, CompressionLevel.SmallestSize),
            _ => (Stream)new BufferedStream(coded),
        })
        {
            encoder.Write(body);
        }

        return coded.ToArray();
    }

    public static Stream Decoder(string? coding, Stream coded) => coding switch
    {
        "gzip" => new GZipStream(coded, CompressionMode.Decompress),
        "deflate" => new ZLibStream(coded, CompressionMode.Decompress),
        "br" => new BrotliStream(coded, CompressionMode.Decompress),
        null => coded,
        _ => throw new ArgumentException($"Nobody asked for '{coding}'.", nameof(coding)),
    };

    public static async Task<string> DecodeAsync(HttpResponseMessage response)
    {
        var coding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        using var reader = new StreamReader(Decoder(coding, await response.Content.ReadAsStreamAsync()), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
