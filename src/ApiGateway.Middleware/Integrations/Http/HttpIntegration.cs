using System.Net.Sockets;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Asks an HTTP backend (<c>HTTP</c> and <c>HTTP_PROXY</c>): bodies flow through, or are held in memory up to 10 MB.</summary>
internal sealed class HttpIntegration(
    BackendClients clients, GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time,
    ILogger<HttpIntegration> logger) : IIntegration
{
    private const string InvalidAddress = "Invalid endpoint address";

    public Task InvokeAsync(GatewayContext context)
    {
        var plan = (HttpIntegrationPlan)context.Route.Integration;
        if (plan.Uri is null)
        {
            context.Trace?.ConfigurationError(InvalidAddress);
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }

        if (plan.Method is null && context.MethodName == "CONNECT")
        {
            // To the gateway's own client it would mean a tunnel.
            return responses.RejectAsync(context, GatewayRefusal.BadRequest);
        }

        var uri = BackendUri.Build(context, plan.Uri, plan is { IsProxy: true, IsolatesClient: false } ? context.SentQuery : default);
        if (uri is null)
        {
            context.Trace?.ConfigurationError(InvalidAddress);
            return responses.RejectAsync(context, GatewayRefusal.BadRequest);
        }

        if (plan.Link is { } link)
        {
            try
            {
                uri = LinkAddress.Find(link, uri);
            }
            catch (Exception exception)
            {
                return FailAsync(context, plan, exception);
            }

            if (uri is null)
            {
                Log.LinkLeadsNowhere(logger, link.Target.LinkId, context.Route.Key, context.RequestId);
                context.Trace?.Failed("Execution failed due to a network error communicating with endpoint");
                return responses.RejectAsync(context, GatewayRefusal.NetworkError);
            }
        }

        // An execution log tells bodies as a whole.
        return plan.IsStreaming && context.Answer is null && context.Trace is null ? StreamAsync(context, plan, uri) : HoldAsync(context, plan, uri);
    }

    private async Task StreamAsync(GatewayContext context, HttpIntegrationPlan plan, Uri uri)
    {
        var http = context.Http;
        var upgrade = plan.IsProxy && IsWebSocket(http.Request.Headers.Upgrade) ? http.Features.Get<IHttpUpgradeFeature>() : null;
        upgrade = upgrade is { IsUpgradableRequest: true } ? upgrade : null;
        var body = upgrade is null && !context.Body.IsHeld && context.Outgoing is not { HasBody: true } && context.HasRequestBody && SendsBody(context, plan)
            ? new StreamedRequestBody(http.Request.BodyReader, http.Request.ContentLength, context.Timeout, plan.Timeout) : null;
        var held = body is null ? HeldContent(context, plan) : null;
        var token = context.Timeout.Arm(plan.Timeout, time, http.RequestAborted);
        HttpResponseMessage? response = null;
        try
        {
            var startedAt = metrics.StartIntegration(context.Names);
            response = await SendAsync(context, plan, uri, (HttpContent?)body ?? held, upgrade is not null, token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            context.IntegrationStatus = (int)response.StatusCode;
            body?.Limit = ResponseBodyCopy.IdleLimit;
            BackendResponse.CopyHead(context, plan, response, logger);
            ResponseMapper.MapHead(context);
            if (upgrade is not null && response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols)
            {
                await UpgradedConnection.RelayAsync(context, upgrade, response);
                return;
            }

            if (!MayHaveBody(http.Response.StatusCode) && http.Response.StatusCode != (int)response.StatusCode)
            {
                // The mapping takes the body away.
                http.Response.ContentLength = null;
                return;
            }

            await ResponseBodyCopy.RunAsync(context, response, token);
            BackendResponse.CopyTrailers(http.Response, response);
        }
        catch (Exception exception)
        {
            if (body?.ClientFailure is { } failure and not OperationCanceledException)
            {
                // The server knows what was wrong with the client's body, and answers it.
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            }

            BackendResponse.TakeBackHead(context, response);
            await FailAsync(context, plan, exception);
        }
        finally
        {
            // The backend may have answered without reading the whole body: nothing may read from the client after this.
            response?.Dispose();
            if (body is { IsCopying: true })
            {
                context.Timeout.Cancel();
                await body.StopAsync();
            }

            await FreeAsync(context, held);
        }
    }

    private async Task HoldAsync(GatewayContext context, HttpIntegrationPlan plan, Uri uri)
    {
        var http = context.Http;
        using var own = new PooledBufferWriter();
        using var decoded = new PooledBufferWriter();
        var answer = context.Answer?.Body ?? own;
        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        var token = context.Timeout.Arm(plan.Timeout, time, http.RequestAborted);
        var body = HeldContent(context, plan);
        try
        {
            var startedAt = metrics.StartIntegration(context.Names);
            using var response = await SendAsync(context, plan, uri, body, isUpgrade: false, token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            context.IntegrationStatus = (int)response.StatusCode;
            await HeldBody.ReadAsync(await response.Content.ReadAsStreamAsync(token), answer, ManagedLimits.PayloadBytes, token);
            context.Trace?.EndpointResponse(response, answer.WrittenMemory.Span);
            if (context.Answer is { IsBodyAlone: false } held)
            {
                BackendResponse.FillHead(held, plan, response);
                return;
            }

            answer = BackendCoding.TryUndo(plan, response, answer, decoded) ? decoded : answer;
            BackendResponse.CopyHead(context, plan, response, logger);
            ResponseMapper.MapHead(context);
            if (MayHaveBody(http.Response.StatusCode))
            {
                // The length of an answer to HEAD is that of a body which never comes.
                http.Response.ContentLength = response.RequestMessage?.Method == HttpMethod.Head
                    ? response.Content.Headers.ContentLength : answer.Length;
            }
        }
        catch (BodyTooLargeException)
        {
            await responses.RejectAsync(context, GatewayRefusal.ResponseTooLarge);
            return;
        }
        catch (Exception exception)
        {
            await FailAsync(context, plan, exception);
            return;
        }
        finally
        {
            await FreeAsync(context, body);
        }

        if (context.Answer is { } mapped)
        {
            mapped.Status = http.Response.StatusCode;
            return;
        }

        if (answer.Length > 0 && MayHaveBody(http.Response.StatusCode))
        {
            await http.Response.BodyWriter.WriteAsync(answer.WrittenMemory, http.RequestAborted);
        }
    }

    // The body's memory goes back to the pool with the request, and must not be sent from after that.
    private static ValueTask FreeAsync(GatewayContext context, HeldRequestBody? body)
    {
        if (body is not { IsCopying: true })
        {
            return default;
        }

        context.Timeout.Cancel();
        return body.StopAsync();
    }

    // Not async: the caller awaits, and an async method in between costs an allocation per request.
    private Task<HttpResponseMessage> SendAsync(
        GatewayContext context, HttpIntegrationPlan plan, Uri uri, HttpContent? body, bool isUpgrade, CancellationToken token)
    {
        var name = plan.Link is { } link ? LinkAddress.ServerName(link, uri) : null;
        var request = BackendRequest.Create(context, plan, name is null ? uri : LinkAddress.BelowTls(uri), body, isUpgrade, time);
        context.Trace?.EndpointRequest(request, HeldBytes(context, plan).Span);
        return (name is null ? clients.For(plan) : clients.For(plan, name)).SendAsync(request, token);
    }

    private Task FailAsync(GatewayContext context, HttpIntegrationPlan plan, Exception exception)
    {
        if (context.Http.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (context.Timeout.IsTimeUp)
        {
            Log.BackendTooSlow(logger, context.Route.Key, plan.Timeout.TotalMilliseconds, context.RequestId);
            context.Trace?.Failed("Execution failed due to a timeout error");
            return responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout);
        }

        Log.BackendUnreachable(logger, exception, context.Route.Key, context.RequestId);
        if (IsUnresolved(exception))
        {
            context.Trace?.ConfigurationError(InvalidAddress);
            return responses.RejectAsync(context, GatewayRefusal.HostNotFound);
        }

        context.Trace?.Failed("Execution failed due to a network error communicating with endpoint");
        return responses.RejectAsync(context, GatewayRefusal.NetworkError);
    }

    private static bool IsUnresolved(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }
        || exception.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound };

    // Any other protocol, such as h2c, would let a client talk to the backend past the gateway.
    private static bool IsWebSocket(StringValues upgrade) =>
        upgrade is [{ } protocol] && protocol.Equals("websocket", StringComparison.OrdinalIgnoreCase);

    // Integrations of these methods send no body, but those of HTTP APIs pass on whatever comes.
    private static bool SendsBody(GatewayContext context, HttpIntegrationPlan plan)
    {
        if (plan.PassesAnyBody)
        {
            return true;
        }

        var method = plan.Method?.Method ?? context.MethodName;
        return method is not ("GET" or "HEAD" or "OPTIONS");
    }

    private static ReadOnlyMemory<byte> HeldBytes(GatewayContext context, HttpIntegrationPlan plan) =>
        !SendsBody(context, plan) ? default : context.Outgoing is { HasBody: true } outgoing ? outgoing.Body : context.Body.Bytes;

    private static HeldRequestBody? HeldContent(GatewayContext context, HttpIntegrationPlan plan)
    {
        if (context.Outgoing is { HasBody: true } outgoing)
        {
            return SendsBody(context, plan) ? new HeldRequestBody(outgoing.Body) : null;
        }

        return context.Body.IsHeld && context.HasRequestBody && SendsBody(context, plan) ? new HeldRequestBody(context.Body.Bytes) : null;
    }

    private static bool MayHaveBody(int status) => status is >= 200 and not (204 or 304);
}
