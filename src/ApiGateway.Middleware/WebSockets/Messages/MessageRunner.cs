using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Pipeline;
using ApiGateway.Middleware.Responses.AccessLogs;
using ApiGateway.Middleware.Responses.ExecutionLogs;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>Runs the events of connections through the steps that are for messages: the same that requests pass.</summary>
/// <remarks>Each event meets the definition in force when it comes, whatever was in force when its client connected.</remarks>
/// <param name="steps">The chain, made when the first event comes.</param>
/// <param name="source">The definitions.</param>
/// <param name="pool">What stands in for requests.</param>
/// <param name="accessLogs">Are told.</param>
/// <param name="executionLogs">Are told of each step.</param>
/// <param name="metrics">Counts.</param>
/// <param name="activities">Traces.</param>
/// <param name="maxMessageBytes">The longest answer.</param>
/// <param name="logger">Tells of failures.</param>
internal sealed class MessageRunner(
    Lazy<GatewayDelegate> steps, SnapshotSource source, MessageExchangePool pool, AccessLogWriter accessLogs,
    ExecutionLogWriter executionLogs, GatewayMetrics metrics, GatewayActivitySource activities, int maxMessageBytes, ILogger<MessageRunner> logger)
    : IConnectionEvents
{
    private const int UsualKeyLength = 128;

    public ValueTask OnMessageAsync(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        var client = connection.Client;
        var snapshot = source.Current;
        if (snapshot.FindStage(client.ApiId, client.StageName) is not { Messages: { } table } stage)
        {
            // The stage was taken away: the connection stays, and nothing takes its messages.
            return new(RefuseAsync(connection));
        }

        metrics.MessageReceived(client.ApiId, client.StageName);
        var exchange = pool.Rent();
        var context = Begin(exchange, snapshot, stage, Select(table, message.Span), client, WebSocketEventType.Message);
        context.Body.Hold(message.Span);
        exchange.CanHaveBody = !message.IsEmpty;
        exchange.Message.Socket = connection;
        if (context.MatchedRoute is null)
        {
            context.Error = ErrorFrame.NoRoute;
            return new(EndAsync(exchange, connection));
        }

        var running = RunAsync(context);
        return running.IsCompletedSuccessfully ? new(EndAsync(exchange, connection)) : new(AwaitAsync(exchange, connection, running));
    }

    /// <inheritdoc/>
    public async Task OnDisconnectAsync(ClientConnection connection, int status, string reason)
    {
        var snapshot = source.Current;
        if (snapshot.FindStage(connection.ApiId, connection.StageName) is not { Messages.Disconnect: { } route } stage)
        {
            return;
        }

        var exchange = pool.Rent();
        var context = Begin(exchange, snapshot, stage, route, connection, WebSocketEventType.Disconnect);
        context.BeginDisconnect(status, reason);
        var isReusable = true;
        try
        {
            await RunAsync(context);
        }
        catch (Exception exception)
        {
            isReusable = false;
            Log.EventFailed(logger, exception, route.Key, connection.ConnectionId);
        }

        if (context.Error is { } error)
        {
            Log.DisconnectRefused(logger, error.ResponseType, connection.ConnectionId, context.RequestId);
        }

        await FreeAsync(exchange, isReusable);
    }

    /// <summary>Asks the route <c>$connect</c>.</summary>
    /// <param name="handshake">The handshake.</param>
    /// <param name="route">The route.</param>
    /// <returns>What it says.</returns>
    public async Task<ConnectVerdict> ConnectAsync(GatewayContext handshake, RouteSnapshot route)
    {
        var exchange = pool.Rent();
        var context = Begin(exchange, handshake.Snapshot, handshake.Stage, route, handshake.Connection!, WebSocketEventType.Connect);
        context.BeginConnect(handshake);
        exchange.BeginConnect(handshake.Http);
        var isReusable = true;
        try
        {
            await RunAsync(context);
        }
        catch (Exception exception)
        {
            isReusable = false;
            context.Error = ErrorFrame.Failed;
            exchange.StatusCode = ErrorFrame.StatusOf(ErrorFrame.Failed);
            Log.EventFailed(logger, exception, route.Key, handshake.Connection!.ConnectionId);
        }

        handshake.TakeIntegrationOf(context);
        var verdict = new ConnectVerdict(
            route.Message!.DecidesByStatus || context.Error is not null ? exchange.StatusCode : 200, context.Error, exchange.Headers.SecWebSocketProtocol);
        await FreeAsync(exchange, isReusable);
        return verdict;
    }

    private GatewayContext Begin(
        MessageExchange exchange, GatewaySnapshot snapshot, StageSnapshot stage, RouteSnapshot? route, ClientConnection client, WebSocketEventType type)
    {
        var context = exchange.Context;
        context.BeginEvent(exchange.Http, snapshot, new ApiMatch(stage.Api, stage, 0, 0), route, client, type, exchange.Message);
        exchange.Http.Request.Host = client.Host;
        context.StartedAt = metrics.StartRequest(stage);
        if (stage.AccessLog is not null)
        {
            AccessLogWriter.Begin(context);
        }

        context.Activity = activities.Start();
        return context;
    }

    private static RouteSnapshot? Select(MessageTable table, ReadOnlySpan<byte> message)
    {
        var key = new TextBuilder(stackalloc char[UsualKeyLength]);
        try
        {
            return table.Selection.TryEvaluate(message, ref key) ? table.Find(key.Text) : table.Default;
        }
        finally
        {
            key.Dispose();
        }
    }

    private Task RunAsync(GatewayContext context)
    {
        if (context.Route.ExecutionLog is { } plan)
        {
            executionLogs.Begin(context, plan);
        }

        try
        {
            return steps.Value(context);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    private async Task AwaitAsync(MessageExchange exchange, SocketConnection connection, Task running)
    {
        var isReusable = true;
        try
        {
            await running;
        }
        catch (Exception exception)
        {
            isReusable = false;
            exchange.Context.Error = ErrorFrame.Failed;
            Log.EventFailed(logger, exception, exchange.Context.MatchedRoute?.Key, connection.Client.ConnectionId);
        }

        await EndAsync(exchange, connection, isReusable);
    }

    // Answers the client, if it is to be answered.
    private Task EndAsync(MessageExchange exchange, SocketConnection connection, bool isReusable = true)
    {
        var context = exchange.Context;
        var answer = exchange.Answer;
        if (context.Error is { } error)
        {
            answer.Truncate(0);
            ErrorFrame.Write(context, error, answer);
        }
        else if (!context.Route.Message!.IsTwoWay)
        {
            answer.Truncate(0);
        }
        else if (answer.Length > maxMessageBytes)
        {
            context.Error = ErrorFrame.Failed;
            Log.AnswerTooLong(logger, answer.Length, context.Route.Key, context.RequestId);
            answer.Truncate(0);
            ErrorFrame.Write(context, ErrorFrame.Failed, answer);
        }

        if (answer.Length > 0)
        {
            var sending = connection.ReplyAsync(answer.WrittenMemory);
            if (!sending.IsCompletedSuccessfully)
            {
                return AwaitReplyAsync(exchange, sending, isReusable);
            }

            Replied(context, sending.Result);
        }

        return FreeAsync(exchange, isReusable);
    }

    private async Task AwaitReplyAsync(MessageExchange exchange, ValueTask<bool> sending, bool isReusable)
    {
        Replied(exchange.Context, await sending);
        await FreeAsync(exchange, isReusable);
    }

    private void Replied(GatewayContext context, bool isSent)
    {
        var client = context.Connection!;
        if (!isSent)
        {
            metrics.ExecutionFailed(context.Names);
            Log.AnswerDropped(logger, client.ConnectionId, context.RequestId);
        }
        else if (context.Error is null)
        {
            metrics.MessageSent(client.ApiId, client.StageName);
        }
    }

    private void CountFailure(GatewayContext context, int answered)
    {
        switch (context.Error?.ResponseType)
        {
            case "INTEGRATION_FAILURE" or "INTEGRATION_TIMEOUT":
                metrics.IntegrationFailed(context.Names);
                break;
            case "API_CONFIGURATION_ERROR" or "DEFAULT_5XX":
                metrics.ExecutionFailed(context.Names);
                break;
            case null when answered >= 400:
                metrics.IntegrationFailed(context.Names);
                break;
        }
    }

    private Task FreeAsync(MessageExchange exchange, bool isReusable)
    {
        var context = exchange.Context;
        var status = context.Error is { } error ? ErrorFrame.StatusOf(error) : 200;
        metrics.Ended(context.Names, status, context.StartedAt);
        CountFailure(context, exchange.StatusCode);
        if (context.MatchedRoute?.ExecutionLog is { } plan)
        {
            var told = context.Error is null && context.EventType == WebSocketEventType.Connect ? exchange.StatusCode : status;
            executionLogs.End(context, plan, exchange.Answer.WrittenMemory.Span, told);
        }

        // The handshake tells of itself.
        if (context.Stage.AccessLog is { } log && context.EventType != WebSocketEventType.Connect)
        {
            accessLogs.End(context, log, status);
        }

        if (context.Activity is { } activity)
        {
            GatewayActivitySource.Describe(activity, context.Names, status);
            activity.Dispose();
        }

        if (exchange.HasScope)
        {
            return ReleaseAsync(exchange, isReusable);
        }

        if (isReusable)
        {
            pool.Return(exchange);
        }

        return Task.CompletedTask;
    }

    private async Task ReleaseAsync(MessageExchange exchange, bool isReusable)
    {
        try
        {
            await exchange.ReleaseScopeAsync();
        }
        catch (Exception exception)
        {
            isReusable = false;
            Log.EventFailed(logger, exception, exchange.Context.MatchedRoute?.Key, exchange.Context.Connection!.ConnectionId);
        }

        if (isReusable)
        {
            pool.Return(exchange);
        }
    }

    private static async Task RefuseAsync(SocketConnection connection)
    {
        using var frame = new PooledBufferWriter();
        ErrorFrame.WriteForbidden(connection.Client.ConnectionId, RequestIds.NewExtendedRequestId(), frame);
        _ = await connection.ReplyAsync(frame.WrittenMemory);
    }
}
