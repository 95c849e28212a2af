namespace ApiGateway.Middleware.Contracts;

/// <summary>What an authorizer says of a caller. The default refuses.</summary>
public enum AuthorizationOutcome
{
    /// <summary>The caller may not call; answered with 403 <c>ACCESS_DENIED</c>.</summary>
    Denied,

    /// <summary>The caller may call, within the policy if there is one.</summary>
    Allowed,

    /// <summary>The caller is unknown; answered with 401 <c>UNAUTHORIZED</c>.</summary>
    Unauthorized,
}
