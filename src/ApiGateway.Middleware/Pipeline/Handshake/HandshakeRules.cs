namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>Which handshakes are taken.</summary>
/// <param name="AllowsExtendedConnect">Whether those of HTTP/2 and HTTP/3 are.</param>
internal sealed record HandshakeRules(bool AllowsExtendedConnect);
