using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>A caller, as policies name one. Immutable: a host makes it once for each credential.</summary>
internal sealed class PolicyPrincipal
{
    /// <summary>The caller of a request that nobody signed.</summary>
    public static PolicyPrincipal Anonymous { get; } = new();

    /// <summary>Gets what the caller is.</summary>
    public PolicyPrincipalType Type { get; init; }

    /// <summary>Gets the ARN of the user or session, or <see langword="null"/>.</summary>
    public string? Arn { get; init; }

    /// <summary>Gets the partition of <see cref="Arn"/>.</summary>
    public string? Partition { get; init; }

    /// <summary>Gets the account, 12 digits, or <see langword="null"/>.</summary>
    public string? AccountId { get; init; }

    /// <summary>Gets the name of the role that the caller has assumed, without its path, or <see langword="null"/>.</summary>
    public string? RoleName { get; init; }

    /// <summary>Gets the names that a <c>Service</c> entry may have for the caller.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Gets the names that a <c>Federated</c> entry may have for the caller.</summary>
    public IReadOnlyList<string> Federated { get; init; } = [];

    /// <summary>Gets the names that a <c>CanonicalUser</c> entry may have for the caller.</summary>
    public IReadOnlyList<string> CanonicalUsers { get; init; } = [];

    /// <summary>Reads a caller from the ARN of a user, role, session, federated user or account root.</summary>
    public static bool TryFromArn(string arn, [NotNullWhen(true)] out PolicyPrincipal? principal)
    {
        principal = null;
        if (!ArnParts.TryParse(arn, out var parts) || parts.Account.IsEmpty || parts.Region.Length > 0)
        {
            return false;
        }

        string? role = null;
        PolicyPrincipalType type;
        var resource = parts.Resource;
        if (resource is "root")
        {
            type = PolicyPrincipalType.Account;
        }
        else if (resource.StartsWith("user/", StringComparison.Ordinal))
        {
            type = PolicyPrincipalType.User;
        }
        else if (resource.StartsWith("federated-user/", StringComparison.Ordinal))
        {
            type = PolicyPrincipalType.FederatedUser;
        }
        else if (resource.StartsWith("assumed-role/", StringComparison.Ordinal))
        {
            type = PolicyPrincipalType.AssumedRole;
            var session = resource["assumed-role/".Length..];
            var slash = session.IndexOf('/');
            role = (slash < 0 ? session : session[..slash]).ToString();
        }
        else if (resource.StartsWith("role/", StringComparison.Ordinal))
        {
            type = PolicyPrincipalType.AssumedRole;
            role = resource[(resource.LastIndexOf('/') + 1)..].ToString();
        }
        else
        {
            return false;
        }

        principal = new PolicyPrincipal
        {
            Type = type,
            Arn = arn,
            Partition = parts.Partition.ToString(),
            AccountId = parts.Account.ToString(),
            RoleName = role,
        };
        return true;
    }
}
