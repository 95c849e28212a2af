namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>The kinds of value in a JSON tree.</summary>
internal enum NodeKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
