namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a part of what tells callers apart is read.</summary>
internal enum LimitKeyPlace
{
    /// <summary>Who was authenticated, in whatever way.</summary>
    Principal,

    /// <summary><c>$context.authorizer.principalId</c> alone.</summary>
    PrincipalId,

    Claim,
    Header,

    /// <summary>The first bits of the caller's address.</summary>
    Address,

    /// <summary>A variable of <c>$context</c>.</summary>
    Context,
}
