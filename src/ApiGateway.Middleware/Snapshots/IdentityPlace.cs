namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a part of a caller's identity stands.</summary>
internal enum IdentityPlace
{
    Header,
    QueryString,

    /// <summary>A variable of <c>$context</c>.</summary>
    Context,

    /// <summary>The same in every request of the stage: a stage variable.</summary>
    Constant,
}
