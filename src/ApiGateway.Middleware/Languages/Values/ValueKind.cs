namespace ApiGateway.Middleware.Languages.Values;

/// <summary>What a <see cref="Value"/> holds.</summary>
internal enum ValueKind : byte
{
    Null,
    Boolean,

    /// <summary>A whole number that fits 64 bits.</summary>
    Integer,

    /// <summary>The result of arithmetic with fractions, or a literal of a template.</summary>
    Double,

    /// <summary>A number of a JSON text that keeps its spelling.</summary>
    Number,
    String,
    List,
    Map,

    /// <summary>An object of the host, such as <c>$input</c>.</summary>
    Object,
}
