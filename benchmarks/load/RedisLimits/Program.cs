using System.Globalization;
using RedisLimits;

// RedisLimits SERVER ROUNDS MILLISECONDS: prints what limits in Redis cost, against a bare loop and against memory, in turn.
var (server, rounds, milliseconds) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
var time = TimeSpan.FromMilliseconds(milliseconds);
await using var exact = await StoreLoop.CreateAsync(server);
await using var bare = await BareLoop.CreateAsync(server);
await using var requests = await RequestLoop.CreateAsync(server);

Console.WriteLine("| Compared | Ratio | Range | Ours | Other |");
Console.WriteLine("|---|---:|---:|---:|---:|");
await CompareAsync("Exact store, 64 in flight : bare StackExchange.Redis loop of the same script, calls/s", exact.RunAsync, bare.RunAsync);
await CompareAsync("Leased store : memory store, calls/s of one thread", requests.LeasedStoreAsync, requests.MemoryStoreAsync);
await CompareAsync("Request with key, limit and quota, leased : in memory, requests/s of one thread", requests.LeasedAsync, requests.MemoryAsync);

async Task CompareAsync(string name, Func<TimeSpan, Task<double>> ours, Func<TimeSpan, Task<double>> other)
{
    await ours(time);
    await other(time);
    var rows = new List<(double Ratio, double Ours, double Other)>();
    for (var round = 0; round < rounds; round++)
    {
        var isFirst = round % 2 == 0;
        var first = await (isFirst ? ours : other)(time);
        var second = await (isFirst ? other : ours)(time);
        var (a, b) = isFirst ? (first, second) : (second, first);
        rows.Add((a / b, a, b));
    }

    rows.Sort();
    var median = rows[rows.Count / 2];
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {median.Ratio:0.00} | {rows[0].Ratio:0.00}-{rows[^1].Ratio:0.00} | {median.Ours:N0} | {median.Other:N0} |"));
}
