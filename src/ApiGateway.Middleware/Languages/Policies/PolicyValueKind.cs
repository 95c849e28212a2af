namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What a <see cref="PolicyValue"/> holds.</summary>
internal enum PolicyValueKind : byte
{
    None,
    Text,
    Texts,
    Address,
    Instant,
    Number,
    Bool,
}
