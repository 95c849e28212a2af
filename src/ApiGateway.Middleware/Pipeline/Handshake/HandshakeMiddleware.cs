using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;

namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>Does the request ask for a WebSocket connection, where the route is for such requests?</summary>
/// <remarks>Source: RFC 6455 4.2, RFC 8441. Gives the connection its id, which authorizers and <c>$connect</c> see already.</remarks>
/// <param name="next">The rest of the chain.</param>
/// <param name="responses">Refuses.</param>
/// <param name="webSockets">What understands handshakes. Asked for those alone, so that other requests do not pay for it.</param>
/// <param name="time">The clock.</param>
/// <param name="rules">Which handshakes are taken.</param>
internal sealed class HandshakeMiddleware(
    GatewayDelegate next, GatewayResponseWriter responses, WebSocketMiddleware webSockets, TimeProvider time, HandshakeRules rules)
{
    private const int MaxUrl = 4096;
    private const string Version = "13";

    public Task InvokeAsync(GatewayContext context) => context.Route.IsHandshake ? ShakeAsync(context) : next(context);

    private Task ShakeAsync(GatewayContext context)
    {
        var http = context.Http;
        var request = http.Request;
        if (!TryWatch(http))
        {
            // Fields of a connection, which HTTP/2 does not have.
            if (HttpProtocol.IsHttp11(request.Protocol) || HttpProtocol.IsHttp10(request.Protocol))
            {
                http.Response.Headers.Upgrade = "websocket";
                http.Response.Headers.Connection = "Upgrade";
            }

            return responses.RejectAsync(context, GatewayRefusal.UpgradeRequired);
        }

        // In place of what the application may have set up by UseWebSockets, which it need not have called.
        http.Features.Set<IHttpWebSocketFeature>(null);
        _ = webSockets.Invoke(http);
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.SecWebSocketVersion = Version;
            return responses.RejectAsync(context, GatewayRefusal.BadRequest);
        }

        // Whoever looks at the handshake sees the same, however it came: it is signed as a GET, too.
        request.Method = HttpMethods.Get;

        if (context.Target.Raw.Length > MaxUrl)
        {
            return responses.RejectAsync(context, GatewayRefusal.UriTooLong);
        }

        context.Connection = new ClientConnection
        {
            ConnectionId = ConnectionIds.New(),
            ApiId = context.Api.Id,
            StageName = context.Route.Stage.Name,
            ConnectedAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            Host = request.Host,
            SourceIp = context.SourceIp,
            UserAgent = request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        };
        return next(context);
    }

    // Sees to it that frames are watched, if the request asks for a connection.
    private bool TryWatch(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect)
        {
            if (!rules.AllowsExtendedConnect || !"websocket".Equals(connect.Protocol, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            var watched = new FrameConnect(connect);
            http.Features.Set<IHttpExtendedConnectFeature>(watched);
            http.Features.Set<IFrameFeature>(watched);
            return true;
        }

        if (!HttpMethods.IsGet(request.Method) || !HasToken(request.Headers.Upgrade, "websocket") || !HasToken(request.Headers.Connection, "upgrade"))
        {
            return false;
        }

        if (http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            var watched = new FrameUpgrade(upgrade);
            http.Features.Set<IHttpUpgradeFeature>(watched);
            http.Features.Set<IFrameFeature>(watched);
        }

        return true;
    }

    private static bool HasToken(Microsoft.Extensions.Primitives.StringValues lines, string token)
    {
        foreach (var line in lines)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[range].Trim().Equals(token, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
