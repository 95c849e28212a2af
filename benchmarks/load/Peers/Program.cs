using System.Globalization;
using Peers;

// One process is one peer of a measurement: the first argument says which.
return args switch
{
    ["kestrel", var port] => await LoadPeers.RunAsync(port, LoadPeers.Kestrel),
    ["in-process", var port] => await LoadPeers.RunAsync(port, LoadPeers.InProcess),
    ["mock", var port] => await LoadPeers.RunAsync(port, LoadPeers.Mock),
    ["cached", var port] => await LoadPeers.RunAsync(port, LoadPeers.Cached),
    ["output-cache", var port] => await LoadPeers.RunAsync(port, LoadPeers.OutputCache),
    ["copy-loop", var port, var backend] => await LoadPeers.RunAsync(port, builder => LoadPeers.Copy(builder, backend)),
    ["http-proxy", var port, var backend] => await LoadPeers.RunAsync(port, builder => LoadPeers.HttpProxy(builder, backend)),
    ["lambda-proxy", var port, var backend] => await LoadPeers.RunAsync(port, builder => LoadPeers.LambdaProxy(builder, backend)),
    ["store", var port] => await LoadPeers.RunAsync(port, ByteStore.Build),
    ["transfer", var direction, var url, var bytes] =>
        await Transfer.RunAsync(direction, new Uri(url), long.Parse(bytes, CultureInfo.InvariantCulture)),
    ["start", var port, var kind, .. var rest] => await StartPeer.RunAsync(port, kind, rest),
    ["time-start", var port, var rounds, var routes] => await StartTimer.RunAsync(
        port, int.Parse(rounds, CultureInfo.InvariantCulture), int.Parse(routes, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Peers kestrel|in-process|mock|cached|output-cache|store PORT
        Peers copy-loop|http-proxy|lambda-proxy PORT BACKEND
        Peers transfer up|down URL BYTES
        Peers time-start PORT ROUNDS ROUTES
        """);
    return 2;
}
