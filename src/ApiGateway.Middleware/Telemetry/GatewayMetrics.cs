using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Telemetry;

/// <summary>The gateway's instruments. Where nobody listens, each costs one branch.</summary>
internal sealed partial class GatewayMetrics
{
    private readonly Counter<long> _requests;
    private readonly Counter<long> _clientErrors;
    private readonly Counter<long> _serverErrors;
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _rateLimitExceeded;
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _integrationLatency;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _cacheMisses;
    private readonly Counter<long> _cacheFailures;
    private readonly TimeProvider _time;

    public GatewayMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;

        // The factory owns the meter.
        var meter = meters.Create(GatewayTelemetry.Name);
        _requests = meter.CreateCounter<long>(GatewayTelemetry.Requests, "{request}", "Requests that reached an API.");
        _clientErrors = meter.CreateCounter<long>(GatewayTelemetry.ClientErrors, "{request}", "Requests answered with a status from 400 to 499.");
        _serverErrors = meter.CreateCounter<long>(GatewayTelemetry.ServerErrors, "{request}", "Requests answered with a status from 500 on.");
        _rejections = meter.CreateCounter<long>(GatewayTelemetry.Rejections, "{request}", "Requests that the gateway answered itself.");
        _cacheHits = meter.CreateCounter<long>(GatewayTelemetry.CacheHits, "{request}", "Requests answered from the response cache.");
        _cacheMisses = meter.CreateCounter<long>(GatewayTelemetry.CacheMisses, "{request}", "Requests that the response cache had no answer for.");
        _cacheFailures = meter.CreateCounter<long>(GatewayTelemetry.CacheFailures, "{failure}", "Failures of the store of cached answers.");
        _rateLimitExceeded = meter.CreateCounter<long>(GatewayTelemetry.RateLimitExceeded, "{request}", "Requests beyond a limit by caller.");
        _openConnections = meter.CreateUpDownCounter<long>(GatewayTelemetry.OpenConnections, "{connection}", "WebSocket connections that are open.");
        _connections = meter.CreateCounter<long>(GatewayTelemetry.Connections, "{connection}", "WebSocket connections that were opened.");
        _messages = meter.CreateCounter<long>(GatewayTelemetry.Messages, "{message}", "Messages from and to WebSocket clients.");
        _integrationErrors = meter.CreateCounter<long>(GatewayTelemetry.IntegrationErrors, "{event}", "Events of WebSocket connections whose integration failed.");
        _executionErrors = meter.CreateCounter<long>(GatewayTelemetry.ExecutionErrors, "{event}", "Events of WebSocket connections that the gateway failed to carry out.");
        _latency = meter.CreateHistogram<double>(GatewayTelemetry.Latency, "s", "Time from arrival to the end of the answer.");
        _integrationLatency = meter.CreateHistogram<double>(GatewayTelemetry.IntegrationLatency, "s", "Time that the backend took to answer.");
    }

    /// <summary>Gets the time, or 0 if nobody measures.</summary>
    /// <param name="stage">The stage, if there is one.</param>
    public long StartRequest(StageSnapshot? stage) => _latency.Enabled || stage?.AccessLog is not null ? _time.GetTimestamp() : 0;

    /// <summary>Gets the time, or 0 if nobody measures.</summary>
    /// <param name="names">The request.</param>
    public long StartIntegration(in RequestNames names) =>
        _integrationLatency.Enabled || names.Stage?.AccessLog is not null ? _time.GetTimestamp() : 0;

    public void Rejected(in RequestNames names, GatewayResponseType reason)
    {
        if (_rejections.Enabled)
        {
            RejectedCore(names, reason);
        }
    }

    public void RateLimitExceeded(in RequestNames names, RateLimitPlan limit)
    {
        if (_rateLimitExceeded.Enabled)
        {
            RateLimitExceededCore(names, limit);
        }
    }

    /// <summary>The backend has answered.</summary>
    /// <param name="names">The request.</param>
    /// <param name="startedAt">What <see cref="StartIntegration"/> gave.</param>
    /// <returns>How long it took, or <see langword="null"/> if nobody measures.</returns>
    public TimeSpan? IntegrationAnswered(in RequestNames names, long startedAt) => startedAt == 0 ? null : IntegrationAnsweredCore(names, startedAt);

    public void CacheHit(in RequestNames names) => Count(_cacheHits, names);

    public void CacheMissed(in RequestNames names) => Count(_cacheMisses, names);

    public void CacheFailed(in RequestNames names) => Count(_cacheFailures, names);

    public void Ended(in RequestNames names, int statusCode, long startedAt)
    {
        if (_requests.Enabled || _latency.Enabled || _clientErrors.Enabled || _serverErrors.Enabled)
        {
            EndedCore(names, statusCode, startedAt);
        }
    }

    private static void Count(Counter<long> counter, in RequestNames names)
    {
        if (counter.Enabled)
        {
            CountCore(counter, names);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CountCore(Counter<long> counter, in RequestNames names) => counter.Add(1, TagsOf(names));

    // Apart, so that the caller's code stays a single branch. Tags hold names of the definition only, never a caller's path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RejectedCore(in RequestNames names, GatewayResponseType reason)
    {
        var tags = TagsOf(names);
        tags.Add("reason", reason.ToName());
        _rejections.Add(1, tags);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RateLimitExceededCore(in RequestNames names, RateLimitPlan limit)
    {
        var tags = TagsOf(names);
        tags.Add("limit", limit.Name);
        tags.Add("dry_run", limit.IsDryRun);
        _rateLimitExceeded.Add(1, tags);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TimeSpan IntegrationAnsweredCore(in RequestNames names, long startedAt)
    {
        var elapsed = _time.GetElapsedTime(startedAt);
        if (_integrationLatency.Enabled)
        {
            _integrationLatency.Record(elapsed.TotalSeconds, TagsOf(names));
        }

        return elapsed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndedCore(in RequestNames names, int statusCode, long startedAt)
    {
        var tags = TagsOf(names);
        _requests.Add(1, tags);
        if (startedAt != 0)
        {
            _latency.Record(_time.GetElapsedTime(startedAt).TotalSeconds, tags);
        }

        if (statusCode >= 500)
        {
            _serverErrors.Add(1, tags);
        }
        else if (statusCode >= 400)
        {
            _clientErrors.Add(1, tags);
        }
    }

    private static TagList TagsOf(in RequestNames names) => new()
    {
        { "api", names.Api.Name },
        { "stage", names.Stage?.Name ?? "" },
        { "route", names.Route?.Key ?? "" },
    };
}
