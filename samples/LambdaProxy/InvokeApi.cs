using System.Net;
using System.Text.Json;

namespace LambdaProxy;

/// <summary>A server that answers as the Lambda API does, with one function, <c>orders</c>.</summary>
internal sealed class InvokeApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private InvokeApi(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<InvokeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/2015-03-31/functions/{name}/invocations", AnswerAsync);
        await app.StartAsync();
        return new InvokeApi(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.RouteValues["name"] is not "orders")
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.Headers["x-amzn-ErrorType"] = "ResourceNotFoundException";
            return;
        }

        using var request = await JsonDocument.ParseAsync(http.Request.Body);
        var id = request.RootElement.GetProperty("pathParameters").GetProperty("id").GetString();
        if (id == "0")
        {
            // What a function that throws looks like from outside.
            http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            await http.Response.WriteAsync("""{"errorType":"Error","errorMessage":"no such order"}""");
            return;
        }

        await http.Response.WriteAsync($$"""{"statusCode":200,"body":"{\"order\":\"{{id}}\"}"}""");
    }
}
