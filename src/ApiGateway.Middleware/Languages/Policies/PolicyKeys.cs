using System.Collections.Frozen;

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>The condition keys that the gateway supplies itself, with their types.</summary>
/// <remarks>See "AWS global condition context keys" and the list of those that resource policies of API Gateway may use.</remarks>
internal static class PolicyKeys
{
    public const string PrincipalTagPrefix = "aws:PrincipalTag/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PolicyKeyInfo> All { get; } =
    [
        new("aws:CurrentTime", PolicyKeyType.Date, PolicyKeyId.CurrentTime),
        new("aws:EpochTime", PolicyKeyType.DateOrNumber, PolicyKeyId.EpochTime),
        new("aws:SecureTransport", PolicyKeyType.Bool, PolicyKeyId.SecureTransport),
        new("aws:SourceIp", PolicyKeyType.Address, PolicyKeyId.SourceIp),
        new("aws:VpcSourceIp", PolicyKeyType.Address, PolicyKeyId.VpcSourceIp) { NeedsPrivateEndpoint = true },
        new("aws:SourceVpc", PolicyKeyType.Text, PolicyKeyId.SourceVpc) { NeedsPrivateEndpoint = true },
        new("aws:SourceVpce", PolicyKeyType.Text, PolicyKeyId.SourceVpce) { NeedsPrivateEndpoint = true },
        new("aws:UserAgent", PolicyKeyType.Text, PolicyKeyId.UserAgent) { IsForgeable = true },
        new("aws:Referer", PolicyKeyType.Text, PolicyKeyId.Referer) { IsForgeable = true },
        new("aws:SourceArn", PolicyKeyType.Arn, PolicyKeyId.SourceArn),
        new("aws:SourceAccount", PolicyKeyType.Text, PolicyKeyId.SourceAccount),
        new("aws:PrincipalArn", PolicyKeyType.Arn, PolicyKeyId.PrincipalArn) { NeedsAuthentication = true },
        new("aws:PrincipalAccount", PolicyKeyType.Text, PolicyKeyId.PrincipalAccount) { NeedsAuthentication = true },
        new("aws:PrincipalType", PolicyKeyType.Text, PolicyKeyId.PrincipalType),
        new("aws:userid", PolicyKeyType.Text, PolicyKeyId.UserId),
        new("aws:username", PolicyKeyType.Text, PolicyKeyId.UserName) { NeedsAuthentication = true },
        new("aws:PrincipalOrgID", PolicyKeyType.Text, PolicyKeyId.PrincipalOrgId) { NeedsAuthentication = true },
        new("aws:PrincipalOrgPaths", PolicyKeyType.Text, PolicyKeyId.PrincipalOrgPaths) { NeedsAuthentication = true, IsMultiValued = true },
        new(PrincipalTagPrefix, PolicyKeyType.Text, PolicyKeyId.PrincipalTag) { NeedsAuthentication = true },
        new("aws:TokenIssueTime", PolicyKeyType.Date, PolicyKeyId.TokenIssueTime) { NeedsAuthentication = true },
        new("aws:MultiFactorAuthPresent", PolicyKeyType.Bool, PolicyKeyId.MultiFactorAuthPresent) { NeedsAuthentication = true },
        new("aws:MultiFactorAuthAge", PolicyKeyType.Number, PolicyKeyId.MultiFactorAuthAge) { NeedsAuthentication = true },
        new("aws:RequestedRegion", PolicyKeyType.Text, PolicyKeyId.RequestedRegion),
        new("aws:ResourceAccount", PolicyKeyType.Text, PolicyKeyId.ResourceAccount),
        new("aws:ViaAWSService", PolicyKeyType.Bool, PolicyKeyId.ViaAwsService),
    ];

    private static readonly FrozenDictionary<string, PolicyKeyInfo> ByName =
        All.ToFrozenDictionary(static info => info.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>What is known of a key, or <see langword="null"/>. A family is known by the part up to its first slash.</summary>
    public static PolicyKeyInfo? Find(string name, IReadOnlyList<PolicyKeyInfo> additional)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var family = slash > 0 && slash < name.Length - 1 ? name[..(slash + 1)] : name;
        if (ByName.TryGetValue(family, out var info) && (info.Id != PolicyKeyId.PrincipalTag || family.Length < name.Length))
        {
            return info;
        }

        foreach (var extra in additional)
        {
            if (extra.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
                || (extra.Name.EndsWith('/') && extra.Name.Equals(family, StringComparison.OrdinalIgnoreCase)))
            {
                return extra;
            }
        }

        return null;
    }
}
