using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>What REST and HTTP APIs do alike: one pipeline serves both.</summary>
public sealed class BothKindsTests
{
    private const string Published = "DefinitionPublished";

    /// <summary>The gateway waits this long for further changes.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly ManualTimeProvider _time = new();

    public static TheoryData<string> Kinds => BothKinds.Names;

    public static TheoryData<string, string, string> Routes
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (path, expected) in new[]
            {
                ("/orders", "GET /orders"), ("/orders/42", "GET /orders/{id} id=42"), ("/orders/new", "GET /orders/new"),
                ("/orders/42/lines/7", "GET /orders/{id}/lines/{line} id=42 line=7"), ("/files/a/b/c", "ANY /files/{path+} path=a/b/c"),
                ("/%6Frders/new", "GET /orders/new"),
            })
            {
                data.Add(BothKinds.Rest, path, expected);
                data.Add(BothKinds.Http, path, expected);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Route_TextsAndVariables_MatchAlike(string kind, string path, string expected)
    {
        string[] keys = ["GET /orders", "GET /orders/{id}", "GET /orders/new", "GET /orders/{id}/lines/{line}", "ANY /files/{path+}"];
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(kind, string.Join(',', keys.Select(BothKinds.Handled))),
            static gateway => gateway.AddHandler("h", static http =>
            {
                var feature = http.Features.GetRequiredFeature<IGatewayFeature>();
                var variables = feature.PathParameters.Select(static item => $"{item.Key}={item.Value}");
                return http.Response.WriteAsync(string.Join(' ', variables.Prepend(feature.RouteKey!)));
            }));

        Assert.Equal(expected, await host.GetTextAsync("/dev" + path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task InProcess_Application_SeesThePathBelowTheStage_AndGivesItBack(string kind)
    {
        var settings = BothKinds.Settings(kind, """ "GET /orders/{id}": { "Integration": { "Type": "IN_PROCESS" } } """);
        var after = new TaskCompletionSource<string>();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = settings,
            App = app =>
            {
                app.Use(async (http, next) =>
                {
                    await next(http);
                    after.SetResult($"{http.Request.PathBase.Value} {http.Request.Path.Value}");
                });
                app.UseApiGateway();
                app.Run(static http => http.Response.WriteAsync($"{http.Request.PathBase.Value} {http.Request.Path.Value}{http.Request.QueryString}"));
            },
        });

        Assert.Equal("/dev /orders/4 2?a=b", await host.GetTextAsync("/dev/orders/4%202?a=b"));
        Assert.Equal(" /dev/orders/4 2", await after.Task.InTime());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task InProcess_Timeout_IsTold(string kind)
    {
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(kind, """ "GET /slow": { "Integration": { "Type": "IN_PROCESS", "Handler": "h", "TimeoutInMillis": 100 } } """),
            static gateway => gateway.AddHandler("h", static http => Task.Delay(Timeout.Infinite, http.RequestAborted)),
            _time);

        var pending = host.GetAsync("/dev/slow");
        await _time.UntilArmedAsync(TimeSpan.FromMilliseconds(100));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        using var response = await pending;

        Assert.Equal(
            kind == BothKinds.Rest ? (504, """{"message": "Endpoint request timed out"}""") : (503, """{"message":"Service Unavailable"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task HttpProxy_Request_ReachesTheBackendWhole(string kind)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await BothKinds.StartAsync(BothKinds.Settings(
            kind, $$""" "POST /orders/{id}": { "Integration": { "Type": "HTTP_PROXY", "Uri": "{{backend.Url}}/v1/{id}" } } """));
        using var content = new StringContent("""{"a":1}""");

        using var response = await host.Client.PostAsync(new Uri("/dev/orders/a%2Fb?x=1&y=%20", UriKind.Relative), content);

        var request = await backend.NextAsync();
        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
        Assert.Equal(("POST", "/v1/a%2Fb?x=1&y=%20", """{"a":1}"""), (request.Method, request.Target, request.Text));
        Assert.Equal("text/plain; charset=utf-8", request["Content-Type"]);
        Assert.Equal(backend.Authority, request["Host"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task StageVariables_InAddressAndContext_AreThoseOfTheStage(string kind)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(
                kind,
                $$""" "GET /x": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://${stageVariables.host}/${stageVariables.path}?v=${stageVariables.v}" } }, {{BothKinds.Handled("GET /y")}} """,
                stage: $$""" "Variables": { "host": "{{backend.Authority}}", "path": "a/b", "v": "1" } """),
            static gateway => gateway.AddHandler(
                "h", static http => http.Response.WriteAsync(http.Features.GetRequiredFeature<IGatewayFeature>().StageVariables["path"])));

        await host.GetTextAsync("/dev/x");

        Assert.Equal("/a/b?v=1", (await backend.NextAsync()).Target);
        Assert.Equal("a/b", await host.GetTextAsync("/dev/y"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task StageVariables_MissingInAnAddress_FailTheRequest(string kind)
    {
        await using var host = await BothKinds.StartAsync(BothKinds.Settings(
            kind, """ "GET /x": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://${stageVariables.host}/" } } """));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ClientAddress_OfATrustedProxy_IsTheForwardedOne(string kind)
    {
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(kind, BothKinds.Handled("GET /x"), gateway: """, "TrustedProxies": [ "127.0.0.0/8" ] """),
            static gateway => gateway.AddHandler(
                "h", static http => http.Response.WriteAsync($"{http.Features.GetRequiredFeature<IGatewayFeature>().SourceIp}")));

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("X-Forwarded-For", "203.0.113.7"));

        Assert.Equal("203.0.113.7", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Throttling_OfAllRoutes_GivesEachItsOwnBucket(string kind)
    {
        const string Limits = """ "ThrottlingRateLimit": 10, "ThrottlingBurstLimit": 3 """;
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(
                kind, BothKinds.Handled("GET /a") + "," + BothKinds.Handled("GET /b"),
                stage: kind == BothKinds.Rest ? $$""" "MethodSettings": { "*/*": { {{Limits}} } } """ : $$""" "DefaultRouteSettings": { {{Limits}} } """),
            static gateway => gateway.AddHandler("h", static _ => Task.CompletedTask), _time);

        Assert.Equal((3, 3), (await ServedAsync(host, "/dev/a", 5), await ServedAsync(host, "/dev/b", 5)));
        using var refused = await host.GetAsync("/dev/a");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("""{"message":"Too Many Requests"}""", await refused.Content.ReadAsStringAsync());

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, await ServedAsync(host, "/dev/a", 5));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Throttling_OfTheGateway_CountsRequestsOfAllApis(string kind)
    {
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(
                kind, BothKinds.Handled("GET /a") + "," + BothKinds.Handled("GET /b"), gateway: """, "Throttle": { "RateLimit": 1, "BurstLimit": 3 } """),
            static gateway => gateway.AddHandler("h", static _ => Task.CompletedTask), _time);

        Assert.Equal((2, 1), (await ServedAsync(host, "/dev/a", 2), await ServedAsync(host, "/dev/b", 5)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Cors_PreflightAndRequest_GetTheirHeaders(string kind)
    {
        await using var host = await BothKinds.StartAsync(
            BothKinds.Settings(
                kind, BothKinds.Handled("GET /a"),
                """
                , "Cors": { "AllowOrigins": [ "https://shop.example.com" ], "AllowMethods": [ "GET", "POST" ], "AllowHeaders": [ "X-A" ], "ExposeHeaders": [ "X-B" ],
                  "MaxAge": 600, "AllowCredentials": true }
                """),
            static gateway => gateway.AddHandler("h", static http => http.Response.WriteAsync("ok")));

        using var preflight = await host.SendAsync(
            HttpMethod.Options, "/dev/a", ("Origin", "https://shop.example.com"), ("Access-Control-Request-Method", "GET"));
        using var request = await host.SendAsync(HttpMethod.Get, "/dev/a", ("Origin", "https://shop.example.com"));
        using var foreign = await host.SendAsync(HttpMethod.Get, "/dev/a", ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(
            ["Credentials=true", "Headers=X-A", "Methods=GET,POST", "Origin=https://shop.example.com", "Age=600"], CorsOf(preflight));
        Assert.Equal(["Credentials=true", "Origin=https://shop.example.com", "Headers=X-B"], CorsOf(request));
        Assert.Equal("Origin", request.Headers.Vary.Single());
        Assert.Equal("ok", await request.Content.ReadAsStringAsync());
        Assert.Empty(CorsOf(foreign));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Reload_NewRoutes_AreServedAndThoseInFlightEndOnTheirs(string kind)
    {
        var settings = new ManualSettings();
        var (waiting, reloaded) = (new TaskCompletionSource(), new TaskCompletionSource());
        Change(settings, kind, "GET /a/{old}", "1");
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Builder = builder => ((Microsoft.Extensions.Configuration.IConfigurationBuilder)builder.Configuration).Add(settings),
            Gateway = gateway => gateway.AddHandler("h", async http =>
            {
                if (http.Request.Path == "/a/held")
                {
                    waiting.SetResult();
                    await reloaded.Task;
                }

                var feature = http.Features.GetRequiredFeature<IGatewayFeature>();
                await http.Response.WriteAsync($"{feature.RouteKey} {feature.StageVariables["version"]}");
            }),
            Time = _time,
        });
        await host.Logs.NextAsync(Published);

        var held = host.GetTextAsync("/dev/a/held");
        await waiting.Task.InTime();
        Change(settings, kind, "GET /a/{new}", "2");
        _time.Advance(Quiet);
        await host.Logs.NextAsync(Published);

        Assert.Equal("GET /a/{new} 2", await host.GetTextAsync("/dev/a/1"));
        reloaded.SetResult();
        Assert.Equal("GET /a/{old} 1", await held);
    }

    private static void Change(ManualSettings settings, string kind, string route, string version) => settings.Change(
        ("Apis:api:ProtocolType", kind),
        ($"Apis:api:Routes:{route}:Integration:Type", "IN_PROCESS"),
        ($"Apis:api:Routes:{route}:Integration:Handler", "h"),
        ("Apis:api:Stages:dev:Variables:version", version));

    private static List<string> CorsOf(HttpResponseMessage response) =>
    [
        .. response.Headers.Where(static header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(static header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static header => $"{header.Key[(header.Key.LastIndexOf('-') + 1)..]}={string.Join(';', header.Value)}"),
    ];

    private static async Task<int> ServedAsync(TestHost host, string path, int requests)
    {
        var served = 0;
        for (var i = 0; i < requests; i++)
        {
            using var response = await host.GetAsync(path);
            served += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
        }

        return served;
    }
}
