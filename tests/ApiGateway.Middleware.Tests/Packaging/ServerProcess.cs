using System.Diagnostics;

namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>A web application in a process of its own, on a port that it chooses; killed at the end.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Gets a client of the server.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>Starts a program and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string program, string folder, params string[] arguments)
    {
        var server = new ServerProcess(
            Process.Start(DotnetCommand.StartInfo(program, folder, [.. arguments, "--urls", "http://127.0.0.1:0"]))!);
        try
        {
            server.Client.BaseAddress = await server.ReadAddressAsync().WaitAsync(Limit);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<Uri> ReadAddressAsync()
    {
        var read = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            read.Add(line);
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                return new Uri(line[(at + Listening.Length)..].Trim());
            }
        }

        throw new InvalidOperationException(
            $"The program ended without listening:\n{string.Join('\n', read)}\n{await _process.StandardError.ReadToEndAsync()}");
    }
}
