using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>One entry of a parameter mapping of HTTP APIs.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Target">To what kind of parameter.</param>
/// <param name="Name">The header or query parameter; empty for path and status.</param>
/// <param name="Value">The new value, stage variables filled in, or <see langword="null"/> of a removal.</param>
internal sealed record ParameterChange(MappingAction Action, MappingTarget Target, string Name, MappingExpression? Value)
{
    /// <summary>Gets whether the value comes from the body.</summary>
    public bool ReadsBody => Value is { ReadsBody: true };
}
