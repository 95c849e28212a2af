using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>One entry of <c>requestParameters</c> or <c>responseParameters</c>.</summary>
/// <param name="Target">Where the value goes.</param>
/// <param name="Name">Under which name; a response header that the managed service renames has its new name already.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Constant">The value, if it does not depend on the request; empty drops the mapping.</param>
/// <param name="IsIllegal">Whether a value that is there fails the request.</param>
internal sealed record ParameterMapping(
    MappingTarget Target, string Name, ParameterExpression Source, string? Constant = null, bool IsIllegal = false)
{
    /// <summary>Gets what reads the value from a message, or <see langword="null"/> if the source does.</summary>
    public SelectionExpression? Selection { get; init; }

    /// <summary>Gets whether the value comes from the body.</summary>
    public bool ReadsBody => Selection is null && Source.Kind is (ParameterKind.Body or ParameterKind.BodyJsonPath);
}
