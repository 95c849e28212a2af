using WebSockets;

switch (args)
{
    case ["gateway", var port]:
        await GatewayPeer.RunAsync(port, null);
        return 0;
    case ["gateway", var port, var redis]:
        await GatewayPeer.RunAsync(port, redis);
        return 0;
    case ["bare", var port]:
        await BarePeer.RunAsync(port);
        return 0;
    case ["measure", var gateway, var gatewayProcess, var bare, var bareProcess, var rounds, var seconds, var connections]:
        await new Measurement(
            new Peer(int.Parse(gateway), int.Parse(gatewayProcess)), new Peer(int.Parse(bare), int.Parse(bareProcess)),
            int.Parse(rounds), double.Parse(seconds), int.Parse(connections)).RunAsync();
        return 0;
    case ["posts", var owner, var other, var redis]:
        await new RemotePosts(new Peer(int.Parse(owner), 0), new Peer(int.Parse(other), 0), int.Parse(redis)).RunAsync();
        return 0;
    default:
        Console.Error.WriteLine("error: benchmarks/load/websocket starts this.");
        return 2;
}
