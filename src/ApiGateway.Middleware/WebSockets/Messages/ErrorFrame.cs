using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>What a client gets in place of an answer: a text message, whose spacing is recorded.</summary>
internal static class ErrorFrame
{
    private const string BadBody = "BAD_REQUEST_BODY";

    /// <summary>Gets the answer to messages that no route takes.</summary>
    public static GatewayError NoRoute { get; } = new("ROUTE_NOT_FOUND", "Forbidden", "\"Forbidden\"");

    /// <summary>Gets the answer to messages that nobody could deal with.</summary>
    public static GatewayError Failed { get; } = new("INTEGRATION_FAILURE", "Internal server error", "\"Internal server error\"");

    /// <summary>Gets what an error means as the status of a request.</summary>
    public static int StatusOf(GatewayError error) => error.ResponseType switch
    {
        "ROUTE_NOT_FOUND" => 403,
        BadBody => 400,
        "THROTTLED" => 429,
        "UNSUPPORTED_MEDIA_TYPE" => 415,
        "INTEGRATION_TIMEOUT" => 504,
        _ => 500,
    };

    /// <summary>Writes a frame.</summary>
    /// <param name="context">The message.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="target">Takes the text.</param>
    public static void Write(GatewayContext context, GatewayError error, PooledBufferWriter target)
    {
        if (error.ResponseType == BadBody)
        {
            target.Write("{\"message\" : \"Bad request body\", \"connectionId\": \""u8);
            target.WriteText(context.Connection!.ConnectionId);
            target.Write("\", \"messageId\": \""u8);
            target.WriteText(context.MessageId);
            target.Write("\"}"u8);
            return;
        }

        Write(TextOf(error.ResponseType), context.Connection!.ConnectionId, context.RequestId, target);
    }

    /// <summary>Writes the answer to a message for which there is no stage any more.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="requestId">The id of the message as a request.</param>
    /// <param name="target">Takes the text.</param>
    public static void WriteForbidden(string connectionId, string requestId, PooledBufferWriter target) =>
        Write("Forbidden"u8, connectionId, requestId, target);

    private static void Write(ReadOnlySpan<byte> message, string connectionId, string requestId, PooledBufferWriter target)
    {
        target.Write("{\"message\": \""u8);
        target.Write(message);
        target.Write("\", \"connectionId\":\""u8);
        target.WriteText(connectionId);
        target.Write("\", \"requestId\":\""u8);
        target.WriteText(requestId);
        target.Write("\"}"u8);
    }

    // Whatever else the reason may be, it is the backend's business or the definition's.
    private static ReadOnlySpan<byte> TextOf(string type) => type switch
    {
        "ROUTE_NOT_FOUND" => "Forbidden"u8,
        "THROTTLED" => "Too Many Requests"u8,
        "UNSUPPORTED_MEDIA_TYPE" => "Unsupported Media Type"u8,
        "INTEGRATION_TIMEOUT" => "Endpoint request timed out"u8,
        _ => "Internal server error"u8,
    };
}
