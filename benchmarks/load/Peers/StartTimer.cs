using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Peers;

/// <summary>Starts the servers in turn, and times each from the start of its process to its first 200.</summary>
internal static class StartTimer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string port, int rounds, int routes)
    {
        var settings = Path.Combine(Path.GetTempPath(), $"start-{Environment.ProcessId}.json");
        StartRoutes.Write(settings, routes);
        try
        {
            (string Name, string[] Arguments)[] peers =
            [
                ("plain", ["plain"]),
                ("code", ["code", routes.ToString(CultureInfo.InvariantCulture)]),
                ("settings", ["settings", settings]),
            ];

            // The first round only warms the disk's cache.
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var (name, arguments) in peers)
                {
                    var elapsed = await TimeAsync(port, arguments);
                    if (round > 0)
                    {
                        Console.WriteLine(FormattableString.Invariant($"{name}\t{round}\t{elapsed.TotalMilliseconds:F1}"));
                    }
                }
            }

            return 0;
        }
        finally
        {
            File.Delete(settings);
        }
    }

    private static async Task<TimeSpan> TimeAsync(string port, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["start", port, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            while (!await AnswersAsync(int.Parse(port, CultureInfo.InvariantCulture)))
            {
                if (process.HasExited || clock.Elapsed > Limit)
                {
                    throw new InvalidOperationException($"'{string.Join(' ', arguments)}' gave no 200.");
                }

                await Task.Delay(1);
            }

            return clock.Elapsed;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes($"GET {StartPeer.Path} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            var answer = new byte[12];
            return await socket.ReceiveAsync(answer) == answer.Length && answer.AsSpan().EndsWith("200"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
