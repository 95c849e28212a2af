using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Tests.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>Events to functions: once the ids of a request are there, writing them costs nothing, whatever the format.</summary>
[Collection(nameof(AllocationsCollection))]
public sealed class EventAllocationTests
{
    [Fact]
    public void Write_RestFormat1_AllocatesNothing()
    {
        var context = Request();
        var plan = Assert.IsType<LambdaIntegrationPlan>(context.Route.Integration);

        Assert.Equal(0, BytesOf(call => RestEventWriter.Write(context, plan, call, TimeProvider.System)));
    }

    [Fact]
    public void Write_HttpFormat1_AllocatesNothing()
    {
        var context = Request();
        var plan = LambdaEventCompiler.CompileHttpFormat1(context.Route.Key, context.Route.ResourcePath, context.Stage);

        Assert.Equal(0, BytesOf(call => HttpFormat1EventWriter.Write(context, plan, call, TimeProvider.System)));
    }

    [Fact]
    public void Write_HttpFormat2_AllocatesNothing()
    {
        var context = Request();
        var plan = LambdaEventCompiler.CompileHttp(context.Route.Key, context.Stage);

        Assert.Equal(0, BytesOf(call => HttpEventWriter.Write(context, plan, call, TimeProvider.System)));
    }

    private static double BytesOf(Action<LambdaCall> write)
    {
        using var call = new LambdaCall();
        return AllocatedBytes.PerCall(() =>
        {
            call.Reset();
            write(call);
        });
    }

    private static GatewayContext Request()
    {
        var context = TestCall.Request(
            TestCall.Api("POST /pets/{petId}"), "/dev/pets/a%20b?a=1&a=2&b=x%20y", "POST",
            ("User-Agent", "agent"), ("Cookie", "session=abc; theme=dark;"), ("Content-Type", "application/json"), ("X-A", "1"), ("X-A", "2"));
        context.Body.Replace(context.Http, "{\"a\":1}"u8);
        return context;
    }
}
