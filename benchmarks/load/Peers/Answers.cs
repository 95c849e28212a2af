using System.Buffers;

namespace Peers;

/// <summary>What the application answers, with and without a gateway in front of it.</summary>
internal static class Answers
{
    private static readonly byte[] Kilobyte = [.. Enumerable.Repeat((byte)'x', 1024)];

    public static Task HelloAsync(HttpContext http)
    {
        var body = "Hello, World!"u8;
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = body.Length;
        http.Response.BodyWriter.Write(body);
        return Task.CompletedTask;
    }

    /// <summary>1 KB, from memory.</summary>
    public static Task KilobyteAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = Kilobyte.Length;
        http.Response.BodyWriter.Write(Kilobyte);
        return Task.CompletedTask;
    }

    /// <summary>The answer of a mock: status 200 and no body.</summary>
    public static Task EmptyAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
