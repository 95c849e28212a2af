using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>Runs the steps that a test call has for one request that no server received.</summary>
internal sealed class GatewayTestInvoker : IGatewayTestInvoker
{
    // CORS, because it is what answers the methods that it adds.
    private static readonly GatewayStep[] Steps =
        [GatewayStep.Cors, GatewayStep.Validation, GatewayStep.Transformation, GatewayStep.Integration];

    private readonly IServiceProvider _services;
    private readonly DefinitionPublisher _publisher;
    private readonly SnapshotSource _source;
    private readonly GatewayResponseWriter _responses;
    private readonly TimeProvider _time;
    private readonly ILogger<GatewayTestInvoker> _logger;
    private readonly GatewayDelegate _chain;

    public GatewayTestInvoker(
        IServiceProvider services, DefinitionPublisher publisher, SnapshotSource source, GatewayResponseWriter responses, TimeProvider time,
        ILogger<GatewayTestInvoker> logger)
    {
        _services = services;
        _publisher = publisher;
        _source = source;
        _responses = responses;
        _time = time;
        _logger = logger;
        _chain = static _ => Task.CompletedTask;
        for (var i = Steps.Length - 1; i >= 0; i--)
        {
            _chain = GatewayPipeline.Create(Steps[i], _chain, services);
        }
    }

    public async Task<TestInvokeResult> InvokeAsync(TestInvokeRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        if (!_publisher.IsPublished && await _publisher.PublishAsync(cancellationToken) is { Count: > 0 } errors)
        {
            throw new DefinitionException(errors);
        }

        await using var scope = _services.CreateAsyncScope();
        using var body = new MemoryStream();
        var call = new TestCall(_source.Current, request);
        var http = call.CreateHttp(scope.ServiceProvider, body, cancellationToken);
        var context = new GatewayContext(_time);
        call.Begin(context, http);
        var trace = context.Trace = new ExecutionTrace(_time);
        var startedAt = _time.GetTimestamp();
        await RunAsync(context, call.HasHost);
        cancellationToken.ThrowIfCancellationRequested();
        await http.Response.CompleteAsync();
        var latency = _time.GetElapsedTime(startedAt);
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        trace.MethodResponse(http.Response, bytes);
        var result = new TestInvokeResult(
            http.Response.StatusCode, Encoding.UTF8.GetString(bytes), HeadersOf(http.Response), LogOf(context.RequestId, trace), latency);
        context.Reset();
        return result;
    }

    private async Task RunAsync(GatewayContext context, bool hasHost)
    {
        var isHeld = await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes);
        // The host is the call's own, unless the caller named one.
        var headers = context.Http.Request.Headers;
        context.Trace!.MethodRequest(context, hasHost ? headers : headers.Where(static header => header.Key != "Host"));
        Explain(context);
        if (!isHeld)
        {
            await _responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        try
        {
            await _chain(context);
        }
        catch (OperationCanceledException) when (context.Http.RequestAborted.IsCancellationRequested)
        {
            // The caller is told outside.
        }
        catch (Exception exception) when (!context.IsInHostCode)
        {
            Log.RequestFailed(_logger, exception, context.Api.Name, context.Stage.Name, context.Route.Key, context.RequestId);
            context.Trace.Failed($"Execution failed due to an internal error: {exception.Message}");
            await _responses.RejectAsync(context, GatewayRefusal.InternalServerError);
        }
    }

    // As in the managed service, a test call asks nobody for leave; but who tries out a policy learns what it says.
    private static void Explain(GatewayContext context)
    {
        if (context.Route.Authorization is { ResourcePolicy: { } policy } plan)
        {
            using var arn = MethodArn.Of(context, plan);
            context.Trace!.ResourcePolicy(policy.Explain(AccessCheck.RequestOf(context, arn.Text)));
        }
    }

    private static Dictionary<string, IReadOnlyList<string>> HeadersOf(HttpResponse response)
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers)
        {
            if (values.Count > 0 && !name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                headers[name] = [.. values.Select(static value => value ?? "")];
            }
        }

        return headers;
    }

    private static string LogOf(string requestId, ExecutionTrace trace)
    {
        var log = new StringBuilder().Append(CultureInfo.InvariantCulture, $"Execution log for request {requestId}\n");
        foreach (var line in trace.Lines)
        {
            log.Append(CultureInfo.InvariantCulture, $"{line.At:ddd MMM dd HH:mm:ss 'UTC' yyyy} : {line.Text}\n");
        }

        return log.ToString();
    }
}
