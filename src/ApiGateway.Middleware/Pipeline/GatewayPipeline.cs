using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Aws;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.InProcess;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Integrations.Mock;
using ApiGateway.Middleware.Pipeline.Authorization;
using ApiGateway.Middleware.Pipeline.ApiKeys;
using ApiGateway.Middleware.Pipeline.Caching;
using ApiGateway.Middleware.Pipeline.Cors;
using ApiGateway.Middleware.Pipeline.Compression;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Pipeline.Validation;
using ApiGateway.Middleware.Pipeline.Transformation;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Telemetry;
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
        GatewayStep.Cors,
        GatewayStep.Authorization,
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

    public static GatewayDelegate Create(GatewayStep step, GatewayDelegate next, IServiceProvider services)
    {
        var responses = services.GetRequiredService<GatewayResponseWriter>();
        return step switch
        {
            GatewayStep.Limits => new LimitsMiddleware(next, responses).InvokeAsync,
            GatewayStep.Stage => new StageMiddleware(next, responses).InvokeAsync,
            GatewayStep.Route => new RouteMiddleware(next, responses).InvokeAsync,
            GatewayStep.Cors => new CorsMiddleware(next).InvokeAsync,
            GatewayStep.Authorization => new AuthorizationMiddleware(
                next, services.GetRequiredService<AuthorizerGate>(), services.GetRequiredService<SignatureAuthorizer>(),
                services.GetRequiredService<TokenAuthorizer>(), responses,
                services.GetRequiredService<ILogger<AuthorizationMiddleware>>()).InvokeAsync,
            GatewayStep.ApiKey => new ApiKeyMiddleware(next, responses).InvokeAsync,
            GatewayStep.Throttling => new ThrottlingMiddleware(
                next, responses, services.GetRequiredService<ThrottleGate>(), services.GetRequiredService<RateLimiter>(),
                services.GetRequiredService<ILogger<ThrottlingMiddleware>>()).InvokeAsync,
            GatewayStep.Compression => new CompressionMiddleware(next, responses).InvokeAsync,
            GatewayStep.Validation => new ValidationMiddleware(next, responses).InvokeAsync,
            GatewayStep.Caching => new CachingMiddleware(
                next, responses, services.GetRequiredService<ResponseCache>(), InvalidationCheck.MayInvalidate,
                services.GetRequiredService<GatewayMetrics>(), services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<CachingMiddleware>>()).InvokeAsync,
            GatewayStep.Transformation => new TransformationMiddleware(
                next, responses, services.GetRequiredService<ILogger<TransformationMiddleware>>()).InvokeAsync,
            GatewayStep.Integration => new IntegrationMiddleware(
                services.GetRequiredService<HttpIntegration>(),
                services.GetRequiredService<InProcessIntegration>(),
                services.GetRequiredService<LambdaIntegration>(),
                services.GetRequiredService<AwsIntegration>(),
                services.GetRequiredService<MockIntegration>()).InvokeAsync,
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "This is no step of the gateway."),
        };
    }
}
