using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Signing;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Sends what the mappings make to an AWS service, signed, and holds its answer for the integration responses.</summary>
/// <remarks>Method, headers and body make the protocol: query, JSON or REST. Nothing is sent twice.</remarks>
internal sealed class AwsServiceIntegration(
    BackendClients clients, AwsServiceSettings settings, GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time,
    ILogger<AwsServiceIntegration> logger)
{
    private readonly RequestSigner _signer = new();

    public async Task InvokeAsync(GatewayContext context, AwsServicePlan plan)
    {
        if (plan.Server is not { } server || plan.Request.Uri is not { } address)
        {
            context.Trace?.ConfigurationError("Invalid endpoint address");
            await responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
            return;
        }

        if (BackendUri.Build(context, address, default) is not { } uri)
        {
            context.Trace?.ConfigurationError("Invalid endpoint address");
            await responses.RejectAsync(context, GatewayRefusal.BadRequest);
            return;
        }

        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        var token = context.Timeout.Arm(plan.Timeout, time, context.Http.RequestAborted);
        var bytes = BytesOf(context, plan);
        using var body = bytes.IsEmpty ? null : new HeldRequestBody(bytes);
        try
        {
            using var request = Create(context, plan, server, plan.IsS3 ? WithoutPlus(uri) : uri, body);
            if (settings.Credentials is { } source && await source.GetAsync(token) is { } credentials)
            {
                _signer.Sign(request, bytes.Span, credentials, server.Region, server.SigningName, time.GetUtcNow(), plan.IsS3);
            }

            context.Trace?.EndpointRequest(request, bytes.Span);
            var startedAt = metrics.StartIntegration(context.Names);
            using var response = await clients.Verified.SendAsync(request, token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            context.IntegrationStatus = (int)response.StatusCode;
            await FillAsync(context, plan, response, token);
        }
        catch (BodyTooLargeException)
        {
            await responses.RejectAsync(context, GatewayRefusal.ResponseTooLarge);
        }
        catch (Exception exception)
        {
            await FailAsync(context, plan, exception);
        }
        finally
        {
            await FreeAsync(context, body);
        }
    }

    private static async Task FillAsync(GatewayContext context, AwsServicePlan plan, HttpResponseMessage response, CancellationToken token)
    {
        var answer = context.Answer!;
        await HeldBody.ReadAsync(await response.Content.ReadAsStreamAsync(token), answer.Body, ManagedLimits.PayloadBytes, token);
        context.Trace?.EndpointResponse(response, answer.Body.WrittenSpan);
        BackendResponse.FillHead(answer, plan.Request, response);
    }

    private HttpRequestMessage Create(GatewayContext context, AwsServicePlan plan, AwsServiceServer server, Uri uri, HeldRequestBody? body)
    {
        var request = BackendRequest.Create(context, plan.Request, uri, body, isUpgrade: false, time);

        // Which server is meant is not for mappings to say, nor for whoever they take their values from.
        request.Headers.Host = server.Host;
        request.Headers.Remove("Authorization");
        if (plan.Target is { } target)
        {
            request.Headers.Remove("X-Amz-Target");
            request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
        }

        if (plan.ContentType is { } type && request.Content is { } content
            && context.Outgoing?.Headers.Contains("Content-Type") != true)
        {
            content.Headers.Remove("Content-Type");
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return request;
    }

    // Integrations of these methods send no body.
    private static ReadOnlyMemory<byte> BytesOf(GatewayContext context, AwsServicePlan plan)
    {
        var method = plan.Request.Method?.Method ?? context.MethodName;
        return method is "GET" or "HEAD" or "OPTIONS" ? default
            : context.Outgoing is { HasBody: true } outgoing ? outgoing.Body : context.Body.Bytes;
    }

    // Of a plus in a path, S3 makes a space.
    private static Uri WithoutPlus(Uri uri) => !uri.AbsolutePath.Contains('+', StringComparison.Ordinal) ? uri
        : new Uri(
            uri.GetLeftPart(UriPartial.Authority) + uri.AbsolutePath.Replace("+", "%2B", StringComparison.Ordinal) + uri.Query, UriPlan.AsWritten);

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

    private Task FailAsync(GatewayContext context, AwsServicePlan plan, Exception exception)
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
        context.Trace?.Failed("Execution failed due to a network error communicating with endpoint");
        return responses.RejectAsync(context, GatewayRefusal.FunctionUnavailable);
    }
}
