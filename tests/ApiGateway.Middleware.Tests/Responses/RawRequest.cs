using System.Net.Sockets;
using System.Text;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>Sends a request byte for byte.</summary>
internal static class RawRequest
{
    /// <summary>Sends <paramref name="request"/>, which asks the server to close the connection, and reads all of the answer.</summary>
    public static async Task<string> SendAsync(Uri server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new StreamReader(stream, Encoding.Latin1);
        return await answer.ReadToEndAsync();
    }
}
