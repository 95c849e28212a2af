using System.Globalization;

namespace WebSockets;

/// <summary>A server that is measured.</summary>
/// <param name="Port">Its port.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record Peer(int Port, int ProcessId)
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromMinutes(2) };

    public Uri Socket => new($"ws://127.0.0.1:{Port}/ws");

    /// <summary>Gets the processor time of the process since its start, in milliseconds. Clock ticks are 10 ms.</summary>
    public double Cpu()
    {
        var text = File.ReadAllText($"/proc/{ProcessId}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * 10.0;
    }

    public async Task<long> AskAsync(string what) => long.Parse(await TextAsync(what), CultureInfo.InvariantCulture);

    public Task<string> TextAsync(string what) => Client.GetStringAsync($"http://127.0.0.1:{Port}/{what}");

    public Task BroadcastAsync() => Client.GetStringAsync($"http://127.0.0.1:{Port}/broadcast");
}
