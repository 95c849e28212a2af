using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a body must match. One instance serves all routes and stages that use the model.</summary>
/// <param name="schema">The schema, or <see langword="null"/> if it cannot be used: requests that need it fail.</param>
internal sealed class ValidationModel(JsonSchema? schema)
{
    public JsonSchema? Schema { get; } = schema;

    /// <summary>Gets whether a request without a body matches: it counts as <c>{}</c>.</summary>
    public bool AllowsNoBody { get; } = schema?.IsValid("{}"u8) == true;
}
