namespace ApiGateway.Middleware.Contracts;

/// <summary>What happens to <c>X-Forwarded-*</c> headers towards backends.</summary>
public enum ForwardedHeadersMode
{
    /// <summary>The caller's address is appended to <c>X-Forwarded-For</c>; proto and host are set. The default.</summary>
    Append,

    /// <summary>The gateway adds nothing; what the client sent passes.</summary>
    Off,
}
