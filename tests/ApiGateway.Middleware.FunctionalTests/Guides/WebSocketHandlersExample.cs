using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The handlers in the example of <c>docs/guides/websocket-apis.md</c>.</summary>
internal static class WebSocketHandlersExample
{
    public static void Configure(IApiGatewayBuilder gateway)
    {
        // Begin.
        gateway
            .AddWebSocketHandler("connect", static message =>
            {
                if (message.GetQueryParameter("name") is null)
                {
                    message.Refuse(401);
                }

                return default;
            })
            .AddWebSocketHandler("say", static async message => await message.ReplyAsync(message.Body))
            .AddWebSocketHandler("help", static async message => await message.ReplyAsync("""{"help":"{\"action\":\"say\"}"}"""))
            .AddWebSocketHandler("disconnect", static _ => default);

        // End.
    }
}
