using System.Net.Http.Headers;
using ApiGateway.Middleware.Context;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Relays a connection that client and backend have agreed to use for another protocol, such as WebSocket.</summary>
internal static class UpgradedConnection
{
    private const int Piece = 16 * 1024;

    public static async Task RelayAsync(GatewayContext context, IHttpUpgradeFeature upgrade, HttpResponseMessage response)
    {
        // The server writes these two itself.
        context.Http.Response.Headers.Remove("Content-Length");
        if (response.Headers.NonValidated.TryGetValues("Upgrade", out HeaderStringValues protocol))
        {
            context.Http.Response.Headers.Upgrade = protocol.ToString();
        }

        var aborted = context.Http.RequestAborted;
        context.Timeout.Extend(Timeout.InfiniteTimeSpan);
        await using var client = await upgrade.UpgradeAsync();
        await using var backend = await response.Content.ReadAsStreamAsync(aborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(aborted);

        var up = client.CopyToAsync(backend, Piece, end.Token);
        var down = backend.CopyToAsync(client, Piece, end.Token);
        await Task.WhenAny(up, down);

        // When one side is done, the protocol is over for both.
        await end.CancelAsync();
        await Task.WhenAll(up, down).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
