using System.Globalization;
using ApiGateway.Middleware.Hosting;

namespace Peers;

/// <summary>The servers that are compared. They differ in what follows <c>Build</c>, and in nothing else.</summary>
internal static class LoadPeers
{
    /// <summary>The server without a gateway, which answers with the bytes that the gateway answers with.</summary>
    public static WebApplication Kestrel(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseStatistics();
        app.Run(static http => http.Request.Path.Value switch
        {
            "/prod/empty" => Answers.EmptyAsync(http),
            "/prod/kilobyte" => Answers.KilobyteAsync(http),
            _ => Answers.HelloAsync(http),
        });
        return app;
    }

    public static WebApplication InProcess(WebApplicationBuilder builder)
    {
        builder.Services.AddApiGateway().AddRestApi("load", static api => api
            .Map("GET /hello", static method => method.InProcess())
            .Stage("prod"));
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        app.Run(Answers.HelloAsync);
        return app;
    }

    public static WebApplication Mock(WebApplicationBuilder builder)
    {
        builder.Services.AddApiGateway().AddRestApi("load", static api => api
            .Map("GET /empty", static method => method.Mock())
            .Stage("prod"));
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        return app;
    }

    /// <summary>The gateway, which answers from its cache all but once.</summary>
    public static WebApplication Cached(WebApplicationBuilder builder)
    {
        builder.Services.AddApiGateway().AddRestApi("load", static api => api
            .Map("GET /kilobyte", static method => method.InProcess())
            .Stage("prod")
            .Cache("prod", 3600));
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        app.Run(Answers.KilobyteAsync);
        return app;
    }

    /// <summary>The output cache of ASP.NET Core in the gateway's place.</summary>
    public static WebApplication OutputCache(WebApplicationBuilder builder)
    {
        builder.Services.AddOutputCache(static options => options.AddBasePolicy(static policy => policy.Expire(TimeSpan.FromHours(1))));
        var app = builder.Build();
        app.UseStatistics();
        app.UseOutputCache();

        // It keeps what was flushed only. The handler runs once, so that is no part of the figure.
        app.Run(static async http =>
        {
            await Answers.KilobyteAsync(http);
            await http.Response.BodyWriter.FlushAsync();
        });
        return app;
    }

    public static WebApplication Copy(WebApplicationBuilder builder, string backend)
    {
        var app = builder.Build();
        app.UseStatistics();
        app.Run(new CopyLoop(backend).InvokeAsync);
        return app;
    }

    public static WebApplication HttpProxy(WebApplicationBuilder builder, string backend)
    {
        builder.Services.AddApiGateway().AddRestApi("load", api => api
            .Map("ANY /{proxy+}", method => method.HttpProxy(backend + "/{proxy}"))
            .Stage("prod"));
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        return app;
    }

    /// <summary>A function behind the Lambda API, which the backend plays.</summary>
    public static WebApplication LambdaProxy(WebApplicationBuilder builder, string backend)
    {
        builder.Services.AddApiGateway(options => options.Lambda.Endpoint = backend).AddRestApi("load", static api => api
            .Map("ANY /{proxy+}", static method => method.LambdaProxy("fn"))
            .Stage("prod"));
        var app = builder.Build();
        app.UseStatistics();
        app.UseApiGateway();
        return app;
    }

    public static async Task<int> RunAsync(string port, Func<WebApplicationBuilder, WebApplication> build)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.WebHost.ConfigureKestrel(static server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = null;
        });
        await using var app = build(builder);
        await app.RunAsync();
        return 0;
    }

    /// <summary>Answers, beside the measured paths, how many bytes this process has allocated so far.</summary>
    public static void UseStatistics(this WebApplication app) =>
        app.Use(static next => http => http.Request.Path == "/-/allocated" ? WriteAllocatedAsync(http.Response) : next(http));

    private static Task WriteAllocatedAsync(HttpResponse response)
    {
        var text = GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture);
        response.ContentLength = text.Length;
        return response.WriteAsync(text);
    }
}
