using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Peers;

/// <summary>A client that moves one long body and checks that all of it arrived.</summary>
internal static class Transfer
{
    private const int PieceBytes = 64 * 1024;

    public static async Task<int> RunAsync(string direction, Uri url, long bytes)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        var clock = Stopwatch.StartNew();
        var arrived = direction == "up" ? await UpAsync(client, url, bytes) : await DownAsync(client, new Uri($"{url.AbsoluteUri.TrimEnd('/')}/{bytes}"));
        if (arrived != bytes)
        {
            await Console.Error.WriteLineAsync($"{direction}: {arrived} of {bytes} bytes arrived.");
            return 1;
        }

        Console.WriteLine(FormattableString.Invariant($"{bytes / clock.Elapsed.TotalSeconds / (1 << 20):F0}"));
        return 0;
    }

    private static async Task<long> UpAsync(HttpClient client, Uri url, long bytes)
    {
        using var content = new Pieces(bytes);
        using var response = await client.PostAsync(url, content);
        response.EnsureSuccessStatusCode();
        return long.Parse(await response.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture);
    }

    private static async Task<long> DownAsync(HttpClient client, Uri url)
    {
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[PieceBytes];
        var count = 0L;
        while (await body.ReadAsync(buffer) is > 0 and var read)
        {
            count += read;
        }

        return count;
    }

    private sealed class Pieces(long bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[PieceBytes];
            for (var left = bytes; left > 0; left -= piece.Length)
            {
                await stream.WriteAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes;
            return true;
        }
    }
}
