namespace Gateway;

/// <summary>A backend and an API to try the gateway with when there is no other: <c>--demo</c>.</summary>
internal static class DemoUpstream
{
    /// <summary>Starts a backend on a free loopback port that tells what reached it.</summary>
    public static WebApplication Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(static http => http.Response.WriteAsync(
            $"The backend got {http.Request.Method} {http.Request.Path}{http.Request.QueryString} for {http.Request.Headers["X-Forwarded-For"]}\n"));
        app.Start();
        return app;
    }

    public static Dictionary<string, string?> Settings(string backend) => new()
    {
        ["ApiGateway:Apis:demo:ProtocolType"] = "REST",
        ["ApiGateway:Apis:demo:Routes:GET /orders/{id}:Integration:Type"] = "HTTP_PROXY",
        ["ApiGateway:Apis:demo:Routes:GET /orders/{id}:Integration:Uri"] = "http://${stageVariables.backend}/v1/orders/{id}",
        ["ApiGateway:Apis:demo:Routes:ANY /files/{proxy+}:Integration:Type"] = "HTTP_PROXY",
        ["ApiGateway:Apis:demo:Routes:ANY /files/{proxy+}:Integration:Uri"] = "http://${stageVariables.backend}/{proxy}",
        ["ApiGateway:Apis:demo:Routes:POST /quotes:Integration:Type"] = "HTTP",
        ["ApiGateway:Apis:demo:Routes:POST /quotes:Integration:Uri"] = "http://${stageVariables.backend}/v1/quotes",
        ["ApiGateway:Apis:demo:Routes:POST /quotes:Integration:RequestTemplates:application/json"] =
            """{"item": $input.json('$.sku'), "tenant": "$util.escapeJavaScript($input.params('X-Tenant'))"}""",
        ["ApiGateway:Apis:demo:Routes:GET /health:Integration:Type"] = "MOCK",
        ["ApiGateway:Apis:demo:Routes:GET /health:Integration:RequestTemplates:application/json"] = "{\"statusCode\": 200}",
        ["ApiGateway:Apis:demo:Stages:dev:Variables:backend"] = new Uri(backend).Authority,
    };

    public static void PrintCommands(string url)
    {
        Console.WriteLine("Try, in another terminal:");
        Console.WriteLine($"  curl {url}/dev/orders/42          # an HTTP backend, with a path variable");
        Console.WriteLine($"  curl {url}/dev/files/a/b?c=d      # everything below a path");
        Console.WriteLine($"  curl -d '{{\"sku\":\"A1\"}}' -H 'Content-Type: application/json' {url}/dev/quotes   # a body through a template");
        Console.WriteLine($"  curl -i {url}/dev/health          # answered by the gateway itself");
        Console.WriteLine($"  curl -i {url}/dev/nothing         # 403, as Amazon API Gateway answers");
        Console.WriteLine($"  curl {url}/healthz                # the state of the gateway");
    }
}
