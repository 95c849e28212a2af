namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>What a <see cref="PolicyNode"/> is.</summary>
internal enum PolicyNodeKind
{
    Object,
    Array,
    Text,

    /// <summary>A number or a truth value, as text.</summary>
    Scalar,
    Null,
}
