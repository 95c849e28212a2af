using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.FunctionalTests.Reload;

/// <summary>Requests while definitions change.</summary>
public sealed class LoadTests
{
    private const string Published = "DefinitionPublished";
    private const int Reloads = 200;
    private const int Connections = 32;

    /// <summary>The gateway waits this long for further changes.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Load_32ConnectionsDuringManyReloads_NoRequestFails()
    {
        var time = new ManualTimeProvider();
        var settings = new ManualSettings();
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(settings, time, ("Integration:Uri", backend.Url + "/0/{id}"));
        var isOver = false;
        var requests = 0;

        var load = Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (!Volatile.Read(ref isOver))
            {
                using var response = await host.GetAsync("/dev/orders/1");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Assert.Equal("backend", await response.Content.ReadAsStringAsync());
                Interlocked.Increment(ref requests);
            }
        }).ToArray();
        var reloads = 0;

        // On a busy machine the reloads may be over before the requests are under way: then there are more of them.
        while (reloads < Reloads || Volatile.Read(ref requests) <= Connections)
        {
            reloads++;
            await ReloadAsync(host, settings, time, ("Integration:Uri", $"{backend.Url}/{reloads}/{{id}}"));
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(load).InTime();
        while (backend.Count > 0)
        {
            await backend.NextAsync();
        }

        using var last = await host.GetAsync("/dev/orders/1");
        Assert.Equal($"/{reloads}/1", (await backend.NextAsync()).Target);
        Assert.DoesNotContain(host.Logs.Warnings, static entry => entry.EventName is "RequestFailed" or "ReloadFailed");
    }

    [Fact]
    public async Task InFlight_RequestThatBeganBefore_EndsOnItsOwnSnapshot()
    {
        var time = new ManualTimeProvider();
        var settings = new ManualSettings();
        var waiting = new TaskCompletionSource();
        var reloaded = new TaskCompletionSource();
        await using var host = await StartAsync(
            settings,
            time,
            async http =>
            {
                if (http.Request.Path == "/orders/held")
                {
                    waiting.SetResult();
                    await reloaded.Task;
                }

                var feature = http.Features.Get<Context.IGatewayFeature>()!;
                await http.Response.WriteAsync($"{feature.ResourcePath} {feature.StageVariables["version"]}");
            },
            ("Integration:Handler", "handler"));

        var held = host.GetTextAsync("/dev/orders/held");
        await waiting.Task.InTime();
        settings.Change(
            ("Apis:api:Routes:GET /orders/{other}:Integration:Type", "IN_PROCESS"),
            ("Apis:api:Routes:GET /orders/{other}:Integration:Handler", "handler"),
            ("Apis:api:Stages:dev:Variables:version", "2"));
        time.Advance(Quiet);
        await host.Logs.NextAsync(Published);
        var after = await host.GetTextAsync("/dev/orders/1");
        reloaded.SetResult();

        Assert.Equal("/orders/{id} 1", await held.InTime());
        Assert.Equal("/orders/{other} 2", after);
    }

    [Fact]
    public async Task Changes_InQuickSuccession_AreOneReload()
    {
        var time = new ManualTimeProvider();
        var settings = new ManualSettings();
        await using var host = await StartAsync(settings, time, ("Integration:Uri", "http://127.0.0.1:1/{id}"));

        for (var i = 0; i < 5; i++)
        {
            Change(settings, ("Integration:Uri", $"http://127.0.0.1:1/{i}/{{id}}"));
            time.Advance(Quiet - TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(0, host.Logs.Count(Published));
        time.Advance(TimeSpan.FromMilliseconds(1));
        await host.Logs.NextAsync(Published);
        Assert.Equal(0, host.Logs.Count(Published));
    }

    private static async Task ReloadAsync(TestHost host, ManualSettings settings, ManualTimeProvider time, (string, string) member)
    {
        Change(settings, member);
        time.Advance(Quiet);
        await host.Logs.NextAsync(Published);
    }

    private static void Change(ManualSettings settings, (string Key, string Value) member) => settings.Change(
        ("Apis:api:Routes:GET /orders/{id}:Integration:Type", member.Key.EndsWith("Handler", StringComparison.Ordinal) ? "IN_PROCESS" : "HTTP_PROXY"),
        ("Apis:api:Routes:GET /orders/{id}:" + member.Key, member.Value),

        // The clock moves on with each reload, and no request is to run out of time by that.
        ("Apis:api:Routes:GET /orders/{id}:Integration:TimeoutInMillis", "900000"),
        ("Apis:api:Stages:dev:Variables:version", "1"));

    private static Task<TestHost> StartAsync(ManualSettings settings, TimeProvider time, (string, string) member) =>
        StartAsync(settings, time, static _ => Task.CompletedTask, member);

    private static async Task<TestHost> StartAsync(
        ManualSettings settings, TimeProvider time, RequestDelegate handler, (string, string) member)
    {
        Change(settings, member);
        var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Builder = builder => ((IConfigurationBuilder)builder.Configuration).Add(settings),
            Gateway = gateway => gateway.AddHandler("handler", handler),
        });
        await host.Logs.NextAsync(Published);
        return host;
    }
}
