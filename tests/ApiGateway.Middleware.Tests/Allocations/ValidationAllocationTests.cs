using System.IO.Pipelines;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Validation;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Tests.Allocations;

[Collection(nameof(AllocationsCollection))]
public sealed class ValidationAllocationTests(ITestOutputHelper output)
{
    private const string Body = """{"id":17,"name":"x","lines":[{"sku":"a","count":1},{"sku":"b","count":2}]}""";

    private readonly ValidationMiddleware _sut = new(static _ => Task.CompletedTask, null!);

    [Fact]
    public void Invoke_RequiredParametersThere_AllocatesNothing()
    {
        var context = Context(static api =>
        {
            api.Methods[0].RequestParameters["method.request.header.x-tenant"] = true;
            api.Methods[0].RequestParameters["method.request.path.id"] = true;
            api.Methods[0].RequestParameters["method.request.querystring.page"] = true;
            api.RequestValidators["v"].ValidateRequestBody = false;
        });
        context.Http.Request.Headers["X-Tenant"] = "a";

        Assert.Equal(0, AllocatedBytes.PerCall(() => Assert.True(_sut.InvokeAsync(context).IsCompletedSuccessfully)));
        Assert.False(context.Body.IsHeld);
    }

    [Fact]
    public void Invoke_NoBodyUnderAModel_AllocatesNothing()
    {
        var context = Context(static _ => { });

        Assert.Equal(0, AllocatedBytes.PerCall(() => Assert.True(_sut.InvokeAsync(context).IsCompletedSuccessfully)));
        Assert.True(context.Body.IsHeld);
    }

    [Fact]
    public void Invoke_ValidBody_AllocatesNothingBeyondHoldingIt()
    {
        var context = Context(static api =>
        {
            api.Models["Order"] = new ModelDefinition("Order", """
                {"type":"object","required":["id","lines"],"properties":{"id":{"type":"integer"},
                 "lines":{"items":{"required":["sku"],"properties":{"count":{"minimum":1}}}}}}
                """);
            api.Methods[0].RequestModels["application/json"] = "Order";
        });
        var source = new OnePiece(Encoding.UTF8.GetBytes(Body));
        context.Http.Features.Set<IRequestBodyPipeFeature>(source);
        context.Http.Features.Set<IHttpRequestBodyDetectionFeature>(source);
        context.Http.Request.Headers.ContentType = "application/json; charset=utf-8";

        var holding = AllocatedBytes.PerCall(() =>
        {
            Assert.True(context.Body.HoldAsync(context, ManagedLimits.PayloadBytes).Preserve().IsCompletedSuccessfully);
            context.Body.Release(context.Http);
        });
        var validating = AllocatedBytes.PerCall(() =>
        {
            Assert.True(_sut.InvokeAsync(context).IsCompletedSuccessfully);
            context.Body.Release(context.Http);
        });

        output.WriteLine($"Holding a body in one piece: {holding} bytes.");
        Assert.Equal(holding, validating);
        Assert.InRange(holding, 1, 400);
    }

    private static GatewayContext Context(Action<RestApiDefinition> configure)
    {
        var api = Compiled.Mocks("api", "POST /orders/{id}");
        api.RequestValidators["v"] = new RequestValidatorDefinition("v") { ValidateRequestBody = true, ValidateRequestParameters = true };
        api.Methods[0].RequestValidatorId = "v";
        configure(api);
        return Compiled.Route(Compiled.Snapshot(api), "/dev/orders/42?size=10&page=2", "POST");
    }

    /// <summary>A request's body that is there as a whole, and again for each request.</summary>
    private sealed class OnePiece(byte[] body) : PipeReader, IRequestBodyPipeFeature, IHttpRequestBodyDetectionFeature
    {
        public PipeReader Reader => this;

        public bool CanHaveBody => true;

        public override bool TryRead(out ReadResult result)
        {
            result = new ReadResult(new(body), isCanceled: false, isCompleted: true);
            return true;
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            TryRead(out var result);
            return new(result);
        }

        public override void AdvanceTo(SequencePosition consumed)
        {
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
        }

        public override void CancelPendingRead()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
