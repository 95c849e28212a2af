using System.Diagnostics;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>A host of a sample, as a process of its own.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;

    private GatewayProcess(Process process, HttpClient client) => (_process, Client) = (process, client);

    public HttpClient Client { get; }

    /// <summary>Starts a host and waits until it has Redis.</summary>
    /// <param name="server">The server.</param>
    /// <param name="settings">Settings below <c>ApiGateway</c>, such as <c>Redis:Mode=Leased</c>.</param>
    public static Task<GatewayProcess> StartAsync(RedisServer server, params string[] settings) => StartAsync("RedisCluster", server, settings);

    /// <summary>Starts a host of a sample and waits until it has Redis.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="server">The server.</param>
    /// <param name="settings">Settings below <c>ApiGateway</c>.</param>
    public static async Task<GatewayProcess> StartAsync(string sample, RedisServer server, params string[] settings)
    {
        var program = Path(sample);
        var start = new ProcessStartInfo("dotnet", [program, "--contentRoot", System.IO.Path.GetDirectoryName(program)!, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        };

        // The address is told at this level.
        start.ArgumentList.Add("--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        start.ArgumentList.Add($"--ApiGateway:Redis:Configuration={server.Configuration}");
        foreach (var setting in settings)
        {
            start.ArgumentList.Add($"--ApiGateway:{setting}");
        }

        var process = Process.Start(start)!;
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync().InTime() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                // Read on, or the host would wait for room in the pipe.
                _ = process.StandardOutput.ReadToEndAsync();
                var client = new HttpClient { BaseAddress = new Uri(line[(at + Listening.Length)..]), Timeout = Wait.Limit };
                client.DefaultRequestHeaders.Add("x-api-key", "sample-key-of-a-partner");
                await Wait.UntilAsync(async () => await client.GetStringAsync("/healthz") == "Healthy");
                return new GatewayProcess(process, client);
            }
        }

        throw new InvalidOperationException("The host ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync().InTime();
        _process.Dispose();
    }

    private static string Path(string sample)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!;
        return System.IO.Path.Combine(root.FullName, "samples", sample, "bin", framework.Parent.Name, framework.Name, $"{sample}.dll");
    }
}
