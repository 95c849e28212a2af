using System.Buffers;
using ApiGateway.Middleware.Hosting;
using LambdaProxy;

// Plays the Lambda API on a free port of this machine; a local tool or AWS itself would stand in its place.
await using var lambda = await InvokeApi.StartAsync();

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway(options => options.Lambda.Endpoint = lambda.Url)

    // A function in process, with generated serializers: no network, no reflection.
    .AddLambdaFunction("greet", SampleJson.Default.ProxyRequest, SampleJson.Default.ProxyResponse, (request, context, _) =>
    {
        var name = request.QueryStringParameters?.GetValueOrDefault("name") ?? "world";
        var headers = new Dictionary<string, string> { ["Content-Type"] = "text/plain" };
        return new ValueTask<ProxyResponse>(new ProxyResponse(200, headers, $"Hello {name}, from {context.FunctionName}:{context.FunctionVersion}\n"));
    })

    // A function in process that sees the bytes: it gives back the event itself.
    .AddLambdaFunction("event", (payload, answer, _, _) =>
    {
        answer.Write("{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\""u8);
        answer.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(payload.Span)));
        answer.Write("\"}"u8);
        return ValueTask.CompletedTask;
    })
    .AddRestApi("shop", api =>
    {
        api.Map("GET /greet", method => method.LambdaProxy("greet:${stageVariables.alias}"))
            .Map("ANY /event/{proxy+}", method => method.LambdaProxy("event"))
            .Map("GET /orders/{id}", method => method.LambdaProxy("orders"))
            .Stage("dev", ("alias", "live"));
        api.Definition.BinaryMediaTypes.Add("*/*");
    });

var app = builder.Build();
app.UseApiGateway();
await app.RunAsync();
