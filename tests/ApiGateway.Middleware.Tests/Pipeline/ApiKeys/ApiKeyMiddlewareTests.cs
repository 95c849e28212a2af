using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.ApiKeys;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Tests.Pipeline.ApiKeys;

public sealed class ApiKeyMiddlewareTests
{
    private const string Wrong = "abcdefghij-abcdefghij";

    [Theory]
    [InlineData(PlannedGateway.Key, null, true)]
    [InlineData(PlannedGateway.Key, Wrong, true)]
    [InlineData(Wrong, PlannedGateway.Key, false)]
    [InlineData(null, PlannedGateway.Key, false)]
    public async Task Invoke_SourceAuthorizer_IgnoresTheHeader(string? fromAuthorizer, string? header, bool isLetIn)
    {
        var context = Context(ApiKeySource.Authorizer, header);
        context.Enter(new CallerIdentity { UsageIdentifierKey = fromAuthorizer });

        Assert.Equal(isLetIn, await InvokeAsync(context));
        Assert.Equal(isLetIn ? ("partner", PlannedGateway.Key) : (null, null), Identity(context));
    }

    [Theory]
    [InlineData(PlannedGateway.Key, null, true)]
    [InlineData(null, PlannedGateway.Key, false)]
    public async Task Invoke_SourceHeader_IgnoresTheAuthorizer(string? header, string? fromAuthorizer, bool isLetIn)
    {
        var context = Context(ApiKeySource.Header, header);
        context.Enter(new CallerIdentity { UsageIdentifierKey = fromAuthorizer });

        Assert.Equal(isLetIn, await InvokeAsync(context));
        Assert.Equal(isLetIn ? ("partner", PlannedGateway.Key) : (null, null), Identity(context));
    }

    [Fact]
    public async Task Invoke_TwoHeaders_IsRefused()
    {
        var context = Context(ApiKeySource.Header, PlannedGateway.Key);
        context.Http.Request.Headers["X-Api-Key"] = new([PlannedGateway.Key, PlannedGateway.Key]);

        Assert.False(await InvokeAsync(context));
    }

    [Fact]
    public async Task Invoke_MethodWithoutRequirement_DoesNotLookAtTheKey()
    {
        var context = Compiled.Route(Compiled.Snapshot(PlannedGateway.Create()), "/dev/open");
        context.Http.Request.Headers["X-Api-Key"] = PlannedGateway.Key;

        Assert.True(await InvokeAsync(context));
        Assert.Equal((null, null), Identity(context));
    }

    [Fact]
    public async Task Reset_AfterARequest_ForgetsTheKey()
    {
        var context = Context(ApiKeySource.Header, PlannedGateway.Key);
        await InvokeAsync(context);
        context.Enter(new CallerIdentity { UsageIdentifierKey = Wrong });

        context.Reset();

        Assert.Null(context.ApiKey);
        Assert.Null(context.Caller);
        Assert.Null(context.ApiKeyGrant);
    }

    private static GatewayContext Context(ApiKeySource source, string? header)
    {
        var snapshot = Compiled.Snapshot(PlannedGateway.Create((api, _, _) => api.ApiKeySource = source));
        var context = Compiled.Route(snapshot, "/dev/orders");
        if (header is not null)
        {
            context.Http.Request.Headers["x-API-key"] = header;
        }

        return context;
    }

    private static (string?, string?) Identity(GatewayContext context) =>
        (ContextVariables.Find(context, "identity.apiKeyId"), ContextVariables.Find(context, "identity.apiKey"));

    private static async Task<bool> InvokeAsync(GatewayContext context)
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<GatewayMetrics>().BuildServiceProvider();
        var isLetIn = false;
        var responses = new GatewayResponseWriter(services.GetRequiredService<GatewayMetrics>(), NullLogger<GatewayResponseWriter>.Instance);
        await new ApiKeyMiddleware(
            _ =>
            {
                isLetIn = true;
                return Task.CompletedTask;
            },
            responses).InvokeAsync(context);
        Assert.Equal(isLetIn ? 200 : 403, context.Http.Response.StatusCode);
        return isLetIn;
    }
}
