namespace ApiGateway.Middleware.Contracts;

/// <summary>What one node asks of the node that holds a connection.</summary>
/// <param name="ConnectionId">The connection.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Message">The message as UTF-8 text, for <see cref="NodeCommandKind.Post"/>; valid until the command has been answered.</param>
public readonly record struct NodeCommand(string ConnectionId, NodeCommandKind Kind, ReadOnlyMemory<byte> Message);
