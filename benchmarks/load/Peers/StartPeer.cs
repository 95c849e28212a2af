using ApiGateway.Middleware.Hosting;

namespace Peers;

/// <summary>The servers whose start is timed: one builder, without the gateway, or with it and a definition in settings or in code.</summary>
internal static class StartPeer
{
    /// <summary>Each of them answers this path with 200.</summary>
    public const string Path = "/prod/service0/health";

    public static async Task<int> RunAsync(string port, string kind, string[] rest)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        if (kind == "settings")
        {
            builder.Configuration.AddJsonFile(rest[0], optional: false, reloadOnChange: true);
            builder.Services.AddApiGateway();
        }
        else if (kind == "code")
        {
            var routes = StartRoutes.Make(int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture));
            builder.Services.AddApiGateway().AddRestApi("start", api =>
            {
                foreach (var (key, uri) in routes)
                {
                    api.Map(key, method => method.HttpProxy(uri));
                }

                api.Map("GET /service0/health", static method => method.InProcess()).Stage("prod");
            });
        }

        var app = builder.Build();
        if (kind != "plain")
        {
            app.UseApiGateway();
        }

        app.Run(Answers.HelloAsync);
        await app.RunAsync();
        return 0;
    }
}
