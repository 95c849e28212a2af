using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>A host whose stage <c>prod</c> has a cache, and whose handler <c>backend</c> answers with the number of its call.</summary>
internal sealed class CachedApi : IAsyncDisposable
{
    private int _calls;

    public ManualTimeProvider Time { get; } = new();

    public TestHost Host { get; private set; } = null!;

    /// <summary>Gets how often the handler was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Starts a host.</summary>
    /// <param name="api">Adds routes; without any there is <c>GET /items/{id}</c>.</param>
    /// <param name="mode">What answers depend on.</param>
    /// <param name="answer">What the handler writes before its number.</param>
    /// <param name="policy">What the cache does beyond that of Amazon API Gateway.</param>
    /// <param name="setting">Settings of all methods.</param>
    /// <param name="gateway">Adds more to the gateway.</param>
    /// <param name="app">The middleware.</param>
    public static async Task<CachedApi> StartAsync(
        Action<RestApiBuilder>? api = null, CacheMode mode = CacheMode.Exact, RequestDelegate? answer = null,
        Action<CachePolicyDefinition>? policy = null, Action<MethodSettingDefinition>? setting = null, Action<IApiGatewayBuilder>? gateway = null,
        Action<WebApplication>? app = null)
    {
        var cached = new CachedApi();
        cached.Host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = cached.Time,
            App = app,
            Gateway = builder =>
            {
                builder.AddHandler("backend", async http =>
                {
                    var number = Interlocked.Increment(ref cached._calls);
                    if (answer is not null)
                    {
                        await answer(http);
                    }

                    if (http.Response.StatusCode is not (204 or 304))
                    {
                        await http.Response.WriteAsync($"{number}");
                    }
                });
                builder.AddRestApi("api", rest =>
                {
                    rest.Definition.CacheMode = mode;
                    rest.Stage("prod");
                    (api ?? (static rest => rest.Map("GET /items/{id}", static method => method.InProcess("backend"))))(rest);
                    rest.Cache("prod", configure: setting);
                    if (policy is not null)
                    {
                        rest.CachePolicy(policy);
                    }
                });
                gateway?.Invoke(builder);
            },
        });
        return cached;
    }

    /// <summary>Gives an integration key parameters.</summary>
    public static Action<IntegrationDefinition> Keys(params string[] parameters) => integration =>
    {
        foreach (var parameter in parameters)
        {
            integration.CacheKeyParameters.Add(parameter);
        }
    };

    public async Task<string> GetAsync(string target, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(target, headers);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Sends a request and waits for the end of its answer: an answer is kept before its end, but not before its start.</summary>
    public Task<HttpResponseMessage> SendAsync(string target, params ReadOnlySpan<(string Name, string Value)> headers) =>
        WholeAsync(Host.SendAsync(HttpMethod.Get, target, headers));

    private static async Task<HttpResponseMessage> WholeAsync(Task<HttpResponseMessage> sending)
    {
        var response = await sending;
        await response.Content.LoadIntoBufferAsync();
        return response;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
