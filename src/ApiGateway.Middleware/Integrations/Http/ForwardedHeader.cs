using System.Buffers;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>What HTTP APIs tell backends of the way a request came: <c>Forwarded</c> (RFC 7239) and <c>Via</c> (RFC 9110 7.6.3).</summary>
internal static class ForwardedHeader
{
    private const string Name = "Forwarded";
    private const string Via = "Via";
    private const string Self = "HTTP/1.1 AmazonAPIGateway";

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public static void AddTo(HttpRequestMessage request, GatewayContext context)
    {
        var http = context.Http;
        var text = new StringBuilder();
        if (request.Headers.NonValidated.TryGetValues(Name, out var earlier))
        {
            text.AppendJoin(',', earlier).Append(',');
            request.Headers.Remove(Name);
        }

        text.Append("by=").Append(Node(http.Connection.LocalIpAddress)).Append(";for=").Append(Node(context.SourceIp))
            .Append(";host=").Append(Value(http.Request.Host.Value ?? "")).Append(";proto=").Append(http.Request.Scheme);
        request.Headers.TryAddWithoutValidation(Name, text.ToString());
        request.Headers.TryAddWithoutValidation(Via, Self);
    }

    private static string Node(IPAddress? address)
    {
        var plain = address is null ? null : ClientAddress.Plain(address);
        return plain is null ? "unknown" : plain.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"\"[{plain}]\"" : plain.ToString();
    }

    // A port makes a host more than a token.
    private static string Value(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters) ? text : $"\"{text}\"";
}
