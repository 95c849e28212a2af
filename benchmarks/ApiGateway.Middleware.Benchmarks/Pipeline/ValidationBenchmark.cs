using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Pipeline.Validation;
using ApiGateway.Middleware.Snapshots;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Pipeline;

/// <summary>What does validation add to a request: for four required parameters, and for an order of 1 KB?</summary>
[MemoryDiagnoser]
public class ValidationBenchmark
{
    private const string Parameters = "/prod/orders/4711?size=10&page=2";

    private const string Model =
        """
        {
          "type": "object", "required": ["orderId", "customer", "items", "currency"], "additionalProperties": false,
          "properties": {
            "orderId": { "type": "string" },
            "customer": {
              "type": "object", "required": ["id", "name"],
              "properties": { "id": { "type": "integer", "minimum": 1 }, "name": { "type": "string", "maxLength": 80 } }
            },
            "items": {
              "type": "array", "minItems": 1,
              "items": {
                "type": "object", "required": ["sku", "quantity", "price"],
                "properties": { "sku": { "type": "string" }, "quantity": { "type": "integer", "minimum": 1 }, "price": { "type": "number" } }
              }
            },
            "currency": { "enum": ["EUR", "USD"] }
          }
        }
        """;

    private readonly DefaultHttpContext _plain = new();
    private readonly DefaultHttpContext _parameters = new();
    private readonly DefaultHttpContext _unread = new();
    private readonly DefaultHttpContext _body = new();
    private readonly OnePiece _order = new(Encoding.UTF8.GetBytes(Order()));
    private readonly GatewayContext _context = new(TimeProvider.System);
    private RequestDelegate _gateway = static _ => Task.CompletedTask;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        _provider = BenchmarkGateway.Create(static api =>
        {
            api.Map("GET /orders/{id}", static method => Require(method.Mock(), "parameters"))
                .Map("GET /plain/{id}", static method => Require(method.Mock(), null))
                .Map("POST /plain", static method => method.Mock())
                .Map("POST /orders", static method => Require(method.Mock(), "body"))
                .Stage("prod");
            api.Definition.RequestValidators["parameters"] = new RequestValidatorDefinition("parameters") { ValidateRequestParameters = true };
            api.Definition.RequestValidators["body"] = new RequestValidatorDefinition("body") { ValidateRequestBody = true };
            api.Definition.Models["Order"] = new ModelDefinition("Order", Model);
        });
        var app = new ApplicationBuilder(_provider);
        app.UseApiGateway();
        app.Run(static _ => Task.CompletedTask);
        _gateway = app.Build();

        Prepare(_plain, HttpMethods.Get, Parameters.Replace("orders", "plain", StringComparison.Ordinal));
        Prepare(_parameters, HttpMethods.Get, Parameters);
        Prepare(_unread, HttpMethods.Post, "/prod/plain");
        Prepare(_body, HttpMethods.Post, "/prod/orders");
        CheckRefusal();
        FindRoute(_provider.GetRequiredService<SnapshotSource>().Current);
    }

    [GlobalCleanup]
    public void Cleanup() => _provider?.Dispose();

    [Benchmark(Baseline = true)]
    public Task NoValidation() => _gateway(_plain);

    [Benchmark]
    public Task RequiredParameters() => _gateway(_parameters);

    /// <summary>The check of the parameters without the request around it.</summary>
    [Benchmark]
    public string? ParametersAlone() => ParameterValidator.FindMissing(_context, _context.Route.Validation!.Parameters);

    [Benchmark]
    public Task OrderNotRead() => _gateway(_unread);

    [Benchmark]
    public Task OrderValidated() => _gateway(_body);

    private static void Require(MethodBuilder method, string? validator)
    {
        method.Definition.RequestValidatorId = validator;
        foreach (var key in new[] { "header.X-Tenant", "path.id", "querystring.page", "querystring.size" })
        {
            method.Definition.RequestParameters[$"method.request.{key}"] = true;
        }

        method.Definition.RequestModels["application/json"] = "Order";
    }

    private void Prepare(DefaultHttpContext http, string method, string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = target, Path = path, Method = method, Protocol = "HTTP/1.1" });
        http.Request.Host = new HostString("localhost", 5000);
        http.Request.Headers.UserAgent = "benchmark";
        http.Request.Headers.Accept = "*/*";
        http.Request.Headers["X-Tenant"] = "a";
        if (method == HttpMethods.Post)
        {
            http.Request.Headers.ContentType = "application/json";
            http.Features.Set<IRequestBodyPipeFeature>(_order);
            http.Features.Set<IHttpRequestBodyDetectionFeature>(_order);
        }

        http.Response.StatusCode = 0;
        _gateway(http).GetAwaiter().GetResult();
        if (http.Response.StatusCode != StatusCodes.Status200OK)
        {
            throw new InvalidOperationException($"'{target}' was answered with {http.Response.StatusCode}.");
        }
    }

    // What accepts anything is fast, too.
    private void CheckRefusal()
    {
        _parameters.Request.Headers.Remove("X-Tenant");
        _gateway(_parameters).GetAwaiter().GetResult();
        if (_parameters.Response.StatusCode != StatusCodes.Status400BadRequest)
        {
            throw new InvalidOperationException("A missing parameter was not refused.");
        }

        _parameters.Request.Headers["X-Tenant"] = "a";
        _gateway(_parameters).GetAwaiter().GetResult();
    }

    private void FindRoute(GatewaySnapshot snapshot)
    {
        var target = RequestTarget.Of(_parameters);
        if (!ApiSelector.TrySelect(snapshot.Directory, "localhost", target, "", out var match))
        {
            throw new InvalidOperationException("No API was found.");
        }

        _context.Begin(_parameters, static _ => Task.CompletedTask, false, snapshot, target, match);
        _context.Stage = match.Stage!;
        var segments = _context.CutSegments(_context.Stage.Routes.Depth);
        _context.MatchedRoute = _context.Stage.Routes.Match(_context.ResourcePath, segments, isEncoded: false, RouteMethod.Of(HttpMethods.Get));
        if (ParametersAlone() is { } missing)
        {
            throw new InvalidOperationException($"Missing: {missing}.");
        }
    }

    private static string Order() =>
        $$"""{"orderId":"7f3c2a90-55aa-4c1e-9d53-1c0b6a2f8e11","customer":{"id":48211,"name":"Ada Lovelace"},"items":[{{Items(14)}}],"currency":"EUR"}""";

    private static string Items(int count) => string.Join(',', Enumerable.Range(0, count).Select(static i => string.Create(
        CultureInfo.InvariantCulture, $$"""{"sku":"SKU-{{i:00000}}","quantity":{{(i % 9) + 1}},"price":{{i + 9}}.95,"gift":true}""")));

    /// <summary>A body that is there as a whole, and again for each request.</summary>
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
