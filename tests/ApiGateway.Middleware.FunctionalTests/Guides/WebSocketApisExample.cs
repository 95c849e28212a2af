using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The API in the example of <c>docs/guides/websocket-apis.md</c>.</summary>
internal static class WebSocketApisExample
{
    public static void Configure(IApiGatewayBuilder gateway)
    {
        // Begin.
        gateway.AddWebSocketApi("chat", static api => api
            .SelectRouteBy("$request.body.action")
            .OnConnect(static route => route.InProcess("connect"))
            .OnDisconnect(static route => route.InProcess("disconnect"))
            .Map("say", static route => route.InProcess("say"))
            .OnDefault(static route => route.InProcess("help"))
            .Stage("prod"));

        // End.
    }
}
