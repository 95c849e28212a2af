using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Context;

/// <summary>Contexts are pooled and snapshots are swapped: no request may see another's state, or two definitions.</summary>
public sealed class ParallelRequestTests
{
    private const int Callers = 8;
    private const int RequestsPerCaller = 3_000;

    [Fact]
    public async Task Invoke_ManyAtOnceDuringReloads_EachSeesItsOwnStateOnly()
    {
        var services = await TestGateway.ServicesAsync(static gateway => gateway
            .AddHandler("check", CheckAsync)
            .AddRestApi("api", static api => api.Map("GET /a/{id}", static method => method.InProcess("check")).Stage("dev", ("v", "first"))));
        await using (services)
        {
            var app = new ApplicationBuilder(services);
            app.UseApiGateway();
            var gateway = app.Build();
            var source = services.GetRequiredService<SnapshotSource>();
            var snapshots = new[] { source.Current, (await SecondAsync()) };
            using var stop = new CancellationTokenSource();
            var reloads = Task.Run(() =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    source.Publish(snapshots[i % 2]);
                }
            });

            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(gateway, caller))));

            await stop.CancelAsync();
            await reloads;
        }
    }

    private static async Task CallAsync(RequestDelegate gateway, int caller)
    {
        for (var i = 0; i < RequestsPerCaller; i++)
        {
            var id = $"{caller}-{i}";
            var request = new TestRequest($"/dev/a/{id}");
            request.Request.Headers["X-Id"] = id;

            await gateway(request.Http);

            Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);
            Assert.Equal(id, request.Http.Response.Headers["X-Id"]);
            Assert.Null(request.Http.Features.Get<IGatewayFeature>());
        }
    }

    private static async Task CheckAsync(HttpContext http)
    {
        var feature = http.Features.Get<IGatewayFeature>()!;
        var before = (feature.RequestId, feature.StageVariables["v"], feature.GetPathParameter("id"));

        await Task.Yield();

        Assert.Equal(before, (feature.RequestId, feature.StageVariables["v"], feature.PathParameters["id"]));
        Assert.Equal(http.Request.Headers["X-Id"], before.Item3);
        http.Response.Headers["X-Id"] = before.Item3;
    }

    private static async Task<GatewaySnapshot> SecondAsync()
    {
        await using var services = await TestGateway.ServicesAsync(static gateway => gateway
            .AddHandler("check", CheckAsync)
            .AddRestApi("api", static api => api
                .Map("GET /b", static method => method.Mock())
                .Map("ANY /{proxy+}", static method => method.Mock(500))
                .Map("ANY /a/{id}", static method => method.InProcess("check"))
                .Stage("other")
                .Stage("dev", ("v", "second"))));
        return services.GetRequiredService<SnapshotSource>().Current;
    }
}
