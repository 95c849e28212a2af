namespace ApiGateway.Middleware.Snapshots;

/// <summary>How the value of an additional claim is compared.</summary>
internal enum JwtClaimFormat
{
    /// <summary><c>single-string</c>: the whole text.</summary>
    SingleString,

    /// <summary><c>string-array</c>: any element.</summary>
    StringArray,

    /// <summary><c>space-separated-values</c>: any word.</summary>
    SpaceSeparatedValues,
}
