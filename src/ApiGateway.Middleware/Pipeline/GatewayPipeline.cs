using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Pipeline.ApiKeys;
using ApiGateway.Middleware.Pipeline.Caching;
using ApiGateway.Middleware.Pipeline.Cors;
using ApiGateway.Middleware.Pipeline.Compression;
using ApiGateway.Middleware.Pipeline.Handshake;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Pipeline.Validation;
using ApiGateway.Middleware.Pipeline.Transformation;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>The steps in the order in which a request passes them. The only place that knows it.</summary>
internal static class GatewayPipeline
{
    public static readonly GatewayStep[] Steps =
    [
        GatewayStep.Limits,
        GatewayStep.Stage,
        GatewayStep.Route,
        GatewayStep.Handshake,
        GatewayStep.Cors,
        GatewayStep.EarlyThrottling,
        GatewayStep.Authorization,
        GatewayStep.Preflight,
        GatewayStep.ApiKey,
        GatewayStep.Throttling,
        GatewayStep.Compression,
        GatewayStep.Validation,
        GatewayStep.Caching,
        GatewayStep.Transformation,
        GatewayStep.Integration,
    ];

    /// <summary>Steps that every chain needs: without them there is nothing to ask, or nobody to ask.</summary>
    public static readonly GatewayStep[] Required = [GatewayStep.Stage, GatewayStep.Route, GatewayStep.Integration];

    /// <summary>The steps that are for messages too: all that is asked of each of them, once a connection is open.</summary>
    private static readonly GatewayStep[] MessageSteps =
        [GatewayStep.EarlyThrottling, GatewayStep.Validation, GatewayStep.Transformation, GatewayStep.Integration];

    /// <summary>Makes the chain of messages.</summary>
    public static GatewayDelegate CreateForMessages(IServiceProvider services)
    {
        GatewayDelegate chain = static _ => Task.CompletedTask;
        foreach (var step in MessageSteps.Reverse())
        {
            chain = Create(step, chain, services);
        }

        return chain;
    }

    public static GatewayDelegate Create(GatewayStep step, GatewayDelegate next, IServiceProvider services)
    {
        var responses = services.GetRequiredService<GatewayResponseWriter>();
        return step switch
        {
            GatewayStep.Limits => new LimitsMiddleware(next, responses).InvokeAsync,
            GatewayStep.Stage => new StageMiddleware(next, responses).InvokeAsync,
            GatewayStep.Route => new RouteMiddleware(next, responses).InvokeAsync,
            GatewayStep.Handshake => new HandshakeMiddleware(
                next, responses, services.GetRequiredService<WebSocketMiddleware>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<HandshakeRules>()).InvokeAsync,
            GatewayStep.Cors => new CorsMiddleware(next).InvokeAsync,
            GatewayStep.EarlyThrottling => CreateThrottling(next, responses, services, isEarly: true),
            GatewayStep.Preflight => new PreflightMiddleware(next).InvokeAsync,
            GatewayStep.Authorization => new AuthorizationMiddleware(
                next, services.GetRequiredService<AuthorizerGate>(), services.GetRequiredService<SignatureAuthorizer>(),
                services.GetRequiredService<TokenAuthorizer>(), responses,
                services.GetRequiredService<ILogger<AuthorizationMiddleware>>()).InvokeAsync,
            GatewayStep.ApiKey => new ApiKeyMiddleware(next, responses).InvokeAsync,
            GatewayStep.Throttling => CreateThrottling(next, responses, services, isEarly: false),
            GatewayStep.Compression => new CompressionMiddleware(next, responses).InvokeAsync,
            GatewayStep.Validation => new ValidationMiddleware(next, responses).InvokeAsync,
            GatewayStep.Caching => new CachingMiddleware(
                next, responses, services.GetRequiredService<ResponseCache>(), InvalidationCheck.MayInvalidate,
                services.GetRequiredService<GatewayMetrics>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<CachingMiddleware>>()).InvokeAsync,
            GatewayStep.Transformation => new TransformationMiddleware(
                next, responses, services.GetRequiredService<ILogger<TransformationMiddleware>>()).InvokeAsync,
            GatewayStep.Integration => new IntegrationMiddleware(
                [.. Enum.GetValues<Backend>().Select(backend => services.GetRequiredKeyedService<IIntegration>(backend))]).InvokeAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "This is no step of the gateway."),
        };
    }

    private static GatewayDelegate CreateThrottling(
        GatewayDelegate next, GatewayResponseWriter responses, IServiceProvider services, bool isEarly) =>
        new ThrottlingMiddleware(
            next, responses, services.GetRequiredService<ThrottleGate>(), services.GetRequiredService<RateLimiter>(),
            services.GetRequiredService<ILogger<ThrottlingMiddleware>>(), isEarly).InvokeAsync;
}
