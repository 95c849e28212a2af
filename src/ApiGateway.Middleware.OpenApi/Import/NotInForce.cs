using System.Collections.Frozen;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>What a document can ask for and the gateway keeps, for exports, but does not carry out yet.</summary>
internal static class NotInForce
{
    public const string Authorization = "Authorization";
    public const string ApiKeys = "ApiKeys";
    public const string Policy = "Policy";
    public const string VpcLink = "VpcLink";
    public const string Caching = "Caching";

    /// <summary>The warning of each feature. A feature that is carried out leaves this list.</summary>
    public static readonly FrozenDictionary<string, string> Warnings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Authorization] = "Authorizers, AWS_IAM and user pools are kept but not in force: these methods answer every caller.",
        [ApiKeys] = "API keys are kept but not in force: these methods answer callers without a key.",
        [Policy] = "The resource policy is kept but not in force: it refuses nobody.",
        [VpcLink] = "VPC links are kept but not in force: the address is called directly.",
        [Caching] = "Cache parameters are kept but not in force: nothing is cached.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
