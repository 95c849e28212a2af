using System.Globalization;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Reads the access keys of callers from <c>ApiGateway:Credentials</c>, without reflection. Failures never show a secret.</summary>
internal static class CredentialsReader
{
    private const string Section = "Credentials";
    private const string SecretAccessKey = "SecretAccessKey";
    private const string SessionToken = "SessionToken";
    private const string Expires = "Expires";
    private const string PrincipalArn = "PrincipalArn";
    private const string UserId = "UserId";
    private const string Status = "Status";
    private const string Policies = "Policies";

    private static readonly string[] Keys = [SecretAccessKey, SessionToken, Expires, PrincipalArn, UserId, Status, Policies];

    /// <summary>Reads the keys.</summary>
    /// <param name="section">The section with an entry for each access key id.</param>
    /// <param name="contentRoot">The folder to which names of policy files are relative.</param>
    /// <param name="failures">Takes what is wrong.</param>
    public static IReadOnlyList<SigV4Credential> Read(IConfigurationSection section, string contentRoot, List<string> failures)
    {
        var credentials = new List<SigV4Credential>();
        foreach (var entry in section.GetChildren())
        {
            if (ReadOne(entry, contentRoot, failures) is { } credential)
            {
                credentials.Add(credential);
            }
        }

        return credentials;
    }

    private static SigV4Credential? ReadOne(IConfigurationSection entry, string contentRoot, List<string> failures)
    {
        var place = $"{Section}:{entry.Key}";
        foreach (var child in entry.GetChildren())
        {
            if (!Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                failures.Add($"{place}:{child.Key}: is not known here. Known: {string.Join(", ", Keys)}.");
            }
        }

        var status = entry[Status] ?? "Active";
        var isActive = status.Equals("Active", StringComparison.OrdinalIgnoreCase);
        if (!isActive && !status.Equals("Inactive", StringComparison.OrdinalIgnoreCase))
        {
            failures.Add($"{place}:{Status}: must be 'Active' or 'Inactive', but is '{status}'.");
        }

        DateTimeOffset? expires = null;
        if (entry[Expires] is { } text)
        {
            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                expires = time;
            }
            else
            {
                failures.Add($"{place}:{Expires}: must be a time such as '2030-01-31T12:00:00Z', but is '{text}'.");
            }
        }

        if (expires is not null && entry[SessionToken] is null)
        {
            failures.Add($"{place}:{Expires}: only temporary keys expire. Set {SessionToken}, or leave {Expires} out.");
        }

        var arn = entry[PrincipalArn];
        var parts = arn?.Split(':', 6) ?? [];
        if (arn is not null && parts is not ["arn", { Length: > 0 }, "iam" or "sts", "", { Length: 12 }, { Length: > 0 }])
        {
            failures.Add(
                $"{place}:{PrincipalArn}: must be the ARN of a user, session or account such as 'arn:aws:iam::123456789012:user/ann', but is '{arn}'.");
            return null;
        }

        var policies = ReadPolicies(entry.GetSection(Policies), place, contentRoot, failures);
        if (string.IsNullOrEmpty(entry[SecretAccessKey]))
        {
            failures.Add($"{place}:{SecretAccessKey}: is missing.");
            return null;
        }

        return new SigV4Credential(entry.Key, entry[SecretAccessKey]!)
        {
            IsActive = isActive,
            SessionToken = entry[SessionToken],
            SessionExpiration = expires,
            PrincipalArn = arn,
            AccountId = arn is null ? null : parts[4],
            UserId = entry[UserId],
            UserName = arn is not null && parts[5].StartsWith("user/", StringComparison.Ordinal) ? parts[5][(parts[5].LastIndexOf('/') + 1)..] : null,
            PrincipalType = arn is null ? SigV4PrincipalType.User : TypeOf(parts[5]),
            IdentityPolicies = policies,
        };
    }

    private static SigV4PrincipalType TypeOf(string resource) => resource switch
    {
        "root" => SigV4PrincipalType.Account,
        _ when resource.StartsWith("assumed-role/", StringComparison.Ordinal) => SigV4PrincipalType.AssumedRole,
        _ when resource.StartsWith("federated-user/", StringComparison.Ordinal) => SigV4PrincipalType.FederatedUser,
        _ => SigV4PrincipalType.User,
    };

    private static List<string> ReadPolicies(IConfigurationSection section, string place, string contentRoot, List<string> failures)
    {
        var policies = new List<string>();
        foreach (var policy in section.GetChildren())
        {
            // A policy within the settings would have lost its order and its keys with colons.
            if (policy.Value is not { Length: > 0 } text)
            {
                failures.Add($"{place}:{Policies}:{policy.Key}: must be the name of a file, or a policy as JSON in one text.");
            }
            else if (text.TrimStart() is ['{', ..])
            {
                policies.Add(text);
            }
            else
            {
                ReadFile(Path.Combine(contentRoot, text), $"{place}:{Policies}:{policy.Key}", policies, failures);
            }
        }

        return policies;
    }

    private static void ReadFile(string path, string place, List<string> policies, List<string> failures)
    {
        try
        {
            policies.Add(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failures.Add($"{place}: the file '{path}' cannot be read: {exception.Message}");
        }
    }
}
