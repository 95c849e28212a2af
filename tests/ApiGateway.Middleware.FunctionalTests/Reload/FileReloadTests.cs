using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.FunctionalTests.Reload;

/// <summary>A real <c>appsettings.json</c> that changes under a running host.</summary>
public sealed class FileReloadTests
{
    private const string Published = "DefinitionPublished";
    private const string Rejected = "DefinitionRejected";

    [Fact]
    public async Task File_Rewritten_NewDefinitionAnswers()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);
        Assert.Equal(201, await StatusAsync(host));

        directory.Write(SettingsDirectory.Answering(202));
        await host.Logs.NextAsync(Published);

        Assert.Equal(202, await StatusAsync(host));
        Assert.Equal(HealthStatus.Healthy, (await host.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task File_RewrittenAgainAndAgain_ApiIsNeverGone()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);
        var isOver = false;

        var load = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                Assert.InRange(await StatusAsync(host), 201, 206);
            }
        });
        for (var status = 202; status <= 206; status++)
        {
            directory.Write(SettingsDirectory.Answering(status));
            await host.Logs.NextAsync(Published);
        }

        Volatile.Write(ref isOver, true);
        await load.InTime();
        Assert.Equal(0, host.Logs.Count(Rejected));
    }

    [Fact]
    public async Task File_WithErrors_OldDefinitionStaysAndHealthTellsAllOfThemUntilItIsMended()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);

        directory.Write(SettingsDirectory.Routes("""
            "GET /x": { "Integration": { "Type": "MOCK", "TimeoutInMilis": 5 } },
            "FETCH /y": { "Integration": { "Type": "HTTP_PROXI" } }
            """));
        var rejection = await host.Logs.NextAsync(Rejected);
        Assert.Equal(201, await StatusAsync(host));
        var health = await host.CheckHealthAsync();
        var errors = Assert.IsType<string[]>(health.Entries.Single().Value.Data["errors"]);

        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(errors, static error => error.StartsWith("appsettings.json: ApiGateway:Apis:api:Routes:GET /x:Integration:TimeoutInMilis", StringComparison.Ordinal)
            && error.Contains("Did you mean 'TimeoutInMillis'?", StringComparison.Ordinal));
        Assert.Contains(errors, static error => error.Contains("Did you mean 'HTTP_PROXY'?", StringComparison.Ordinal));
        Assert.Contains(errors, static error => error.Contains("it is 'FETCH'", StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains(error, rejection.Message, StringComparison.Ordinal));

        directory.Write(SettingsDirectory.Answering(203));
        await host.Logs.NextAsync(Published);
        Assert.Equal(203, await StatusAsync(host));
        Assert.Equal(HealthStatus.Healthy, (await host.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task File_HalfWritten_OldDefinitionStaysUntilTheRestIsThere()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);
        var whole = SettingsDirectory.Answering(202);

        directory.Write(whole[..(whole.Length / 2)]);
        var rejection = await host.Logs.NextAsync(Rejected);
        Assert.Contains("appsettings.json", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("could not be read", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(201, await StatusAsync(host));
        Assert.Equal(HealthStatus.Degraded, (await host.CheckHealthAsync()).Status);

        directory.Write(whole);
        await host.Logs.NextAsync(Published);
        Assert.Equal(202, await StatusAsync(host));
        Assert.Equal(HealthStatus.Healthy, (await host.CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task File_Deleted_OldDefinitionStaysUntilItIsBack()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);

        File.Delete(directory.File);
        var rejection = await host.Logs.NextAsync(Rejected);
        Assert.Contains("is gone", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(201, await StatusAsync(host));
        Assert.Equal(HealthStatus.Degraded, (await host.CheckHealthAsync()).Status);

        directory.Write(SettingsDirectory.Answering(202));
        await host.Logs.NextAsync(Published);
        Assert.Equal(202, await StatusAsync(host));
    }

    [Fact]
    public async Task File_OptionsChange_AreValidatedAndReloadedWithTheDefinition()
    {
        using var directory = new SettingsDirectory();
        await using var host = await StartAsync(directory);

        directory.Write("""{ "ApiGateway": { "ForwardLimit": "many", "Regoin": "eu-west-1" } }""");
        var rejection = await host.Logs.NextAsync(Rejected);

        Assert.Contains("ForwardLimit: must be a whole number, but is 'many'.", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'Region'?", rejection.Message, StringComparison.Ordinal);
        Assert.Equal(201, await StatusAsync(host));
    }

    private static async Task<TestHost> StartAsync(SettingsDirectory directory)
    {
        directory.Write(SettingsDirectory.Answering(201));
        var host = await TestHost.StartAsync(new TestHostSetup { ContentRoot = directory.Path });
        await host.Logs.NextAsync(Published);
        return host;
    }

    private static async Task<int> StatusAsync(TestHost host)
    {
        using var response = await host.GetAsync("/dev/x");
        return (int)response.StatusCode;
    }
}
