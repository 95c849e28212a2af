namespace ApiGateway.Middleware.Snapshots;

/// <summary>How the caller of a method is found out. The default refuses everyone.</summary>
internal enum AuthorizationKind
{
    /// <summary>Not known: every request is refused.</summary>
    Closed,

    /// <summary>Everybody is anonymous; the API's policy alone decides.</summary>
    Anonymous,

    /// <summary>An authorizer decides: a function or a handler of the application.</summary>
    Authorizer,

    /// <summary>The caller signs requests (<c>AWS_IAM</c>).</summary>
    Signature,

    /// <summary>The caller has a token of a user pool or another issuer.</summary>
    Token,
}
