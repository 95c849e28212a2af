using System.Net.WebSockets;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Pipeline.Handshake;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Responses.AccessLogs;
using ApiGateway.Middleware.Telemetry;
using ApiGateway.Middleware.WebSockets.Connections;
using ApiGateway.Middleware.WebSockets.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.WebSockets;

/// <summary>Opens a connection if the route <c>$connect</c> agrees, and stays with it until it ends.</summary>
/// <remarks>Source: "Manage connected users and client apps: $connect and $disconnect routes"; "Set up a $connect route that requires a WebSocket subprotocol".</remarks>
internal sealed class ConnectIntegration(
    MessageRunner runner, ConnectionHost connections, GatewayResponseWriter responses, AccessLogWriter accessLogs, GatewayMetrics metrics,
    TimeSpan keepAlive, ILogger<ConnectIntegration> logger) : IIntegration
{
    private const int LostStatus = 1006;

    public async Task InvokeAsync(GatewayContext context)
    {
        if (connections.IsDraining)
        {
            await responses.RejectAsync(context, GatewayRefusal.Draining);
            return;
        }

        var connection = context.Connection!;
        connection.Caller = context.Caller;
        connection.AuthorizerLatency = context.AuthorizerLatency;
        connection.ApiKey = context.ApiKey;
        connection.ApiKeyId = context.ApiKeyGrant?.KeyId;
        string? subprotocol = null;
        if (context.Stage.Messages?.Connect is { } route)
        {
            var verdict = await runner.ConnectAsync(context, route);
            if (verdict is not { Error: null, Status: >= 200 and <= 299 })
            {
                await RefuseAsync(context, verdict);
                return;
            }

            subprotocol = SubprotocolOf(context, verdict.Subprotocols);
        }

        if (await AcceptAsync(context, subprotocol) is { } socket)
        {
            EndHandshake(context);
            await connections.RunAsync(socket, context.Http.Features.Get<IFrameFeature>()?.Stream, connection, runner);
        }
        else
        {
            // The client has left while the route was asked, which knows of a connection now.
            await runner.OnDisconnectAsync(connection, LostStatus, "");
        }
    }

    private Task RefuseAsync(GatewayContext context, in ConnectVerdict verdict)
    {
        if (verdict.Error is { } error)
        {
            return responses.RejectAsync(
                context,
                GatewayRefusal.ConnectFailed(
                    verdict.Status, error.Message ?? "Internal server error", context.Connection!.ConnectionId, context.RequestId));
        }

        // Any other status would begin an answer that the server cannot end.
        context.Http.Response.StatusCode = verdict.Status is >= 300 and <= 599 ? verdict.Status : StatusCodes.Status500InternalServerError;
        context.Http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private string? SubprotocolOf(GatewayContext context, StringValues chosen)
    {
        if (chosen.Count == 0)
        {
            return null;
        }

        if (chosen is [{ } name])
        {
            foreach (var offered in context.Http.WebSockets.WebSocketRequestedProtocols)
            {
                if (offered.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
                {
                    return offered;
                }
            }
        }

        Log.SubprotocolNotOffered(logger, context.Connection!.ConnectionId, context.RequestId);
        return null;
    }

    private async Task<WebSocket?> AcceptAsync(GatewayContext context, string? subprotocol)
    {
        try
        {
            return context.Http.RequestAborted.IsCancellationRequested
                ? null : await context.Http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = subprotocol, KeepAliveInterval = keepAlive });
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    // Request and answer are over; what follows are messages, which are counted apart.
    private void EndHandshake(GatewayContext context)
    {
        metrics.Ended(context.Names, StatusCodes.Status101SwitchingProtocols, context.StartedAt);
        if (context.Activity is { } activity)
        {
            GatewayActivitySource.Describe(activity, context.Names, StatusCodes.Status101SwitchingProtocols);
            activity.Dispose();
            context.Activity = null;
        }

        if (context.Stage.AccessLog is { } log)
        {
            accessLogs.End(context, log, StatusCodes.Status101SwitchingProtocols);
        }

        context.IsEnded = true;
    }
}
