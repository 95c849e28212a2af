using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Lambda;

/// <summary>Functions that run inside the application.</summary>
public sealed partial class FunctionTests
{
    [Fact]
    public async Task Function_Post_GetsTheEventAndItsContext()
    {
        var events = new ConcurrentQueue<string>();
        var contexts = new ConcurrentQueue<LambdaContext>();
        await using var host = await LambdaSetup.StartAsync((payload, answer, context, _) =>
        {
            events.Enqueue(Encoding.UTF8.GetString(payload.Span));
            contexts.Enqueue(context);
            answer.Write("{}"u8);
            return ValueTask.CompletedTask;
        });

        using var response = await host.Client.PostAsync("/dev/a/b?x=1", new StringContent("{\"a\":\"ä\"}", Encoding.UTF8, "application/json"));

        using var json = JsonDocument.Parse(Assert.Single(events));
        Assert.Equal("{\"a\":\"ä\"}", json.RootElement.GetProperty("body").GetString());
        Assert.Equal("POST", json.RootElement.GetProperty("httpMethod").GetString());
        Assert.Equal("application/json; charset=utf-8", json.RootElement.GetProperty("headers").GetProperty("Content-Type").GetString());
        var context = Assert.Single(contexts);
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:orders:live", context.InvokedFunctionArn);
        Assert.Equal(("orders", "live"), (context.FunctionName, context.FunctionVersion));
        Assert.Equal(response.Headers.GetValues("x-amzn-RequestId").Single(), context.AwsRequestId);
        Assert.InRange(context.RemainingTime, TimeSpan.Zero, TimeSpan.FromSeconds(29));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Function_Throws_502(bool isAsynchronous)
    {
        await using var host = await LambdaSetup.StartAsync(
            isAsynchronous ? async (_, _, _, _) => await BreakAsync() : (_, _, _, _) => throw new InvalidOperationException("broken"));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, status: 502);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Function_TakesTooLong_504(bool looksAtItsToken)
    {
        var never = new TaskCompletionSource();
        await using var host = await LambdaSetup.StartAsync(
            async (_, _, _, cancellationToken) => await (looksAtItsToken ? never.Task.WaitAsync(cancellationToken) : never.Task),
            static api => api.Definition.Methods[0].Integration!.TimeoutInMillis = 50);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
        never.SetResult();
    }

    [Fact]
    public async Task Function_RequestOver10Megabytes_413()
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering("{}"));

        using var response = await host.Client.PostAsync("/dev/x", new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Function_ClassAndTypedDelegate_AreFound()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddLambdaFunction<EchoFunction>("echo")
            .AddLambdaFunction(
                "arn:aws:lambda:us-east-1:123456789012:function:typed", FunctionJson.Default.RequestEvent, FunctionJson.Default.ResponseAnswer,
                static (request, _, _) => new ValueTask<ResponseAnswer>(new ResponseAnswer(202, $"typed {request.HttpMethod} {request.Path}")))
            .AddRestApi("api", static api => api
                .Map("GET /echo", static method => method.LambdaProxy("echo:live"))
                .Map("GET /typed", static method => method.LambdaProxy("${stageVariables.fn}"))
                .Stage("dev", ("fn", "typed:7"))));

        using var typed = await host.GetAsync("/dev/typed");

        Assert.Equal("echo live", await host.GetTextAsync("/dev/echo"));
        Assert.Equal(HttpStatusCode.Accepted, typed.StatusCode);
        Assert.Equal("typed GET /typed", await typed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Function_FromSettings_IsFound()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = """
                { "Apis": { "api": { "Stages": { "dev": {} }, "Routes": { "GET /x": { "Integration": { "Type": "AWS_PROXY", "Uri": "orders" } } } } } }
                """,
            Gateway = static gateway => gateway.AddLambdaFunction("orders", LambdaSetup.Answering("""{"body":"from settings"}""")),
        });

        Assert.Equal("from settings", await host.GetTextAsync("/dev/x"));
    }

    [Fact]
    public async Task Function_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var host = await LambdaSetup.StartAsync(static async (payload, answer, _, _) =>
        {
            await Task.Yield();
            using var json = JsonDocument.Parse(payload);
            var root = json.RootElement;
            answer.Write(Encoding.UTF8.GetBytes(
                $$"""{"headers":{"X-Id":"{{root.GetProperty("queryStringParameters").GetProperty("id").GetString()}}"},"body":"{{root.GetProperty("body").GetString()}}"}"""));
        });

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellationToken) =>
        {
            var text = $"body-{i}-{new string('x', i)}";
            using var response = await host.Client.PostAsync($"/dev/x?id={i}", new StringContent(text), cancellationToken);

            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), response.Headers.GetValues("X-Id").Single());
            Assert.Equal(text, await response.Content.ReadAsStringAsync(cancellationToken));
        });
    }

    [Fact]
    public async Task Function_Nowhere_StopsTheHost()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(static () => TestHost.StartAsync(static gateway => gateway
            .AddRestApi("api", static api => api.Map("GET /x", static method => method.LambdaProxy("orders")).Stage("dev"))));

        Assert.Contains("AddLambdaFunction(\"orders\", ...)", exception.Message, StringComparison.Ordinal);
    }

    private static async Task BreakAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("broken");
    }

    internal sealed record RequestEvent(string HttpMethod, string Path);

    internal sealed record ResponseAnswer(int StatusCode, string Body);

    internal sealed class EchoFunction : ILambdaFunction
    {
        public ValueTask InvokeAsync(
            ReadOnlyMemory<byte> payload, IBufferWriter<byte> answer, LambdaContext context, CancellationToken cancellationToken)
        {
            answer.Write(Encoding.UTF8.GetBytes($$"""{"body":"{{context.FunctionName}} {{context.FunctionVersion}}"}"""));
            return ValueTask.CompletedTask;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RequestEvent))]
    [JsonSerializable(typeof(ResponseAnswer))]
    internal sealed partial class FunctionJson : JsonSerializerContext;
}
