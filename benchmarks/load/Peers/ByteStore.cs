using System.Globalization;

namespace Peers;

/// <summary>A backend of long bodies: <c>POST</c> counts what it gets, <c>GET /BYTES</c> sends so many.</summary>
internal static class ByteStore
{
    private static readonly byte[] Piece = new byte[64 * 1024];

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.Run(static http => HttpMethods.IsPost(http.Request.Method)
            ? CountAsync(http)
            : SendAsync(http, long.Parse(http.Request.Path.Value.AsSpan(1), CultureInfo.InvariantCulture)));
        return app;
    }

    private static async Task CountAsync(HttpContext http)
    {
        var count = 0L;
        var buffer = new byte[Piece.Length];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            count += read;
        }

        await http.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), http.RequestAborted);
    }

    private static async Task SendAsync(HttpContext http, long bytes)
    {
        http.Response.ContentLength = bytes;
        for (; bytes > 0; bytes -= Piece.Length)
        {
            await http.Response.Body.WriteAsync(Piece.AsMemory(0, (int)Math.Min(bytes, Piece.Length)), http.RequestAborted);
        }
    }
}
