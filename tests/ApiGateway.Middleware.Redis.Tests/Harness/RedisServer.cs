using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>A redis-server of a test's own, on a free port, that keeps nothing on disk.</summary>
internal sealed partial class RedisServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly string[] _arguments;
    private Process? _process;

    private RedisServer(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    public static bool IsInstalled => File.Exists(Program);

    public int Port { get; }

    /// <summary>Gets the address as connections take it.</summary>
    public string Configuration => $"127.0.0.1:{Port}";

    /// <summary>Starts a server, or skips the test where the program is not installed.</summary>
    /// <param name="arguments">More of them, such as <c>--maxmemory 2mb</c>.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = NotStarted(arguments);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Chooses a port, but leaves it closed until <see cref="RestartAsync"/>.</summary>
    public static RedisServer NotStarted(params string[] arguments)
    {
        Assert.SkipUnless(IsInstalled, "redis-server is not installed.");
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new RedisServer(((IPEndPoint)listener.LocalEndPoint!).Port, arguments);
    }

    /// <summary>Starts the server, empty, on the same port. Returns when it answers.</summary>
    public async Task RestartAsync()
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
            ArgumentList =
            {
                "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--databases", "4",
            },
        };
        foreach (var argument in _arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        var output = _process.StandardOutput;
        while (await output.ReadLineAsync().InTime() is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                // Read on, or the server would wait for room in the pipe.
                _ = output.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException($"redis-server ended with code {_process.ExitCode}.");
    }

    /// <summary>Ends the process at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync().InTime();
            process.Dispose();
        }
    }

    /// <summary>Keeps the connections open, but answers nothing until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal(Stop);

    public void Thaw() => Signal(Continue);

    /// <summary>Sends one command beside all connections, such as <c>CLIENT KILL TYPE pubsub</c>, and gives the first line of the answer.</summary>
    public async Task<string> CommandAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port).InTime();
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync().InTime() ?? "";
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private void Signal(int number)
    {
        if (Kill(_process!.Id, number) != 0)
        {
            throw new InvalidOperationException($"Signal {number} failed with {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
