using System.Diagnostics.Metrics;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Caching;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class CachingAllocationTests
{
    [Theory]
    [InlineData(CacheMode.Exact)]
    [InlineData(CacheMode.Safe)]
    public async Task Invoke_HitInMemory_AllocatesNothing(CacheMode mode)
    {
        using var store = new MemoryResponseCacheStore(TimeProvider.System);
        var (sut, context, request) = Create(mode, store);
        await sut.InvokeAsync(context);
        request.Reset();

        var bytes = AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            Assert.True(sut.InvokeAsync(context).IsCompletedSuccessfully);
            Assert.True(request.Body.Written.Length == 1024);
        });

        // The collection of headers of this test allocates for what Kestrel has fields for.
        Assert.Equal(HeadersAlone(), bytes);
    }

    [Fact]
    public void Invoke_NoPlan_AllocatesNothing()
    {
        var context = Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), "/dev/a");
        using var store = new MemoryResponseCacheStore(TimeProvider.System);
        var sut = Step(static _ => Task.CompletedTask, store);

        Assert.Equal(0, AllocatedBytes.PerCall(() => Assert.True(sut.InvokeAsync(context).IsCompletedSuccessfully)));
    }

    private static double HeadersAlone()
    {
        var request = new TestRequest("/");
        return AllocatedBytes.PerCall(() =>
        {
            request.Reset();
            request.Http.Response.Headers["Content-Type"] = "text/plain";
            request.Http.Response.ContentLength = 1024;
        });
    }

    private static (CachingMiddleware Sut, Middleware.Context.GatewayContext Context, TestRequest Request) Create(CacheMode mode, IResponseCacheStore store)
    {
        var api = Compiled.Mocks("api", "GET /items/{id}");
        api.CacheMode = mode;
        api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.path.id");
        api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.querystring.type");
        api.Methods[0].Integration!.CacheKeyParameters.Add("method.request.header.Accept-Language");
        api.Stages["dev"].CacheClusterEnabled = true;
        api.Stages["dev"].MethodSettings["*/*"] = new MethodSettingDefinition { CachingEnabled = true };
        var body = new byte[1024];
        var (context, request) = Compiled.RouteWithRequest(Compiled.Snapshot(api), "/dev/items/7?type=%61&other=1");
        request.Http.Request.Headers.AcceptLanguage = "de";
        var sut = Step(
            async context =>
            {
                context.Http.Response.ContentType = "text/plain";
                await context.Http.Response.BodyWriter.WriteAsync(body);
            },
            store);
        return (sut, context, request);
    }

    private static CachingMiddleware Step(Middleware.Pipeline.GatewayDelegate next, IResponseCacheStore store)
    {
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new GatewayMetrics(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var cache = new ResponseCache(
            store, new EntryCipher(new byte[32]), TimeSpan.FromSeconds(1), metrics, TimeProvider.System, NullLogger<ResponseCache>.Instance);
        return new CachingMiddleware(next, null!, cache, static _ => false, metrics, TimeProvider.System, NullLogger<CachingMiddleware>.Instance);
    }
}
