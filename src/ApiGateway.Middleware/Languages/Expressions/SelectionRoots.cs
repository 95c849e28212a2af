namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>What the variables of a selection expression may name.</summary>
[Flags]
internal enum SelectionRoots
{
    /// <summary>No variables: a static text.</summary>
    None = 0,

    /// <summary><c>request.body.PATH</c>.</summary>
    RequestBody = 1,

    /// <summary><c>integration.response.statuscode</c>, <c>integration.response.header.NAME</c> and <c>integration.response.multivalueheader.NAME</c>.</summary>
    IntegrationResponse = 2,
}
