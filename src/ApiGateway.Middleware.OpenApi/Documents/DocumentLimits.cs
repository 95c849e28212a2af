namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>How much of a document is read before it counts as hostile.</summary>
internal static class DocumentLimits
{
    /// <summary>The largest document, in bytes. Source: ImportRestApi in the Amazon API Gateway reference.</summary>
    public const int MaxBytes = 6 * 1024 * 1024;

    /// <summary>The deepest nesting. Deeper trees would need as deep a stack wherever they are walked.</summary>
    public const int MaxDepth = 128;

    /// <summary>What all aliases of a YAML document may add, in units of <see cref="DocumentNode.Cost"/>.</summary>
    public const long MaxAliasCost = 8 * 1024 * 1024;

    /// <summary>What all references of a document may add, in units of <see cref="DocumentNode.Cost"/>.</summary>
    public const long MaxReferenceCost = 64 * 1024 * 1024;
}
