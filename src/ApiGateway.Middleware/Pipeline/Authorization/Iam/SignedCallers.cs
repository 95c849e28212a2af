using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Makes a caller of a credential, its policies compiled, once for as long as the credential is in memory.</summary>
/// <param name="allowsWithoutPolicy">Whether who has no policy may call.</param>
/// <param name="partition">The partition of owners without ARN.</param>
/// <param name="accountId">The account of owners without ARN and account.</param>
internal sealed class SignedCallers(bool allowsWithoutPolicy, string partition, string accountId)
{
    private const string AuthenticationType = "AWS_IAM";

    private static readonly PolicyDocument Everything = Compile(
        "none", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    private readonly ConditionalWeakTable<SigV4Credential, SignedCaller> _callers = new();

    /// <summary>Gets the caller.</summary>
    /// <exception cref="InvalidOperationException">The ARN or a policy of the credential is not valid.</exception>
    public SignedCaller Of(SigV4Credential credential) => _callers.GetValue(credential, Create);

    private SignedCaller Create(SigV4Credential credential)
    {
        var arn = credential.PrincipalArn ?? $"arn:{partition}:iam::{credential.AccountId ?? accountId}:user/{credential.UserName ?? credential.AccessKeyId}";
        if (!PolicyPrincipal.TryFromArn(arn, out var principal))
        {
            throw new InvalidOperationException($"The owner of the access key '{credential.AccessKeyId}' has no ARN of a user, session or account.");
        }

        return new SignedCaller
        {
            Credential = credential,
            Principal = principal,
            PrincipalArn = principal.RoleName is { } role ? $"arn:{principal.Partition}:iam::{principal.AccountId}:role/{role}" : arn,
            Policies = PoliciesOf(credential),
            Identity = IdentityOf(credential, arn, principal),
            Tags = TagsOf(credential),
        };
    }

    private IdentityPolicies PoliciesOf(SigV4Credential credential)
    {
        var identity = CompileAll(credential, credential.IdentityPolicies);
        return new IdentityPolicies
        {
            Identity = identity.Length == 0 && allowsWithoutPolicy ? [Everything] : identity,
            Boundary = credential.PermissionsBoundary is { } boundary ? Compile(credential.AccessKeyId, boundary) : null,
            Session = CompileAll(credential, credential.SessionPolicies),
        };
    }

    private static PolicyDocument[] CompileAll(SigV4Credential credential, IReadOnlyList<string> policies) =>
        [.. policies.Select(policy => Compile(credential.AccessKeyId, policy))];

    private static PolicyDocument Compile(string accessKeyId, string policy) =>
        PolicyDocument.TryParse(policy, PolicyKind.Identity, PolicyOptions.Default, out var document, out var issues)
            ? document
            : throw new InvalidOperationException($"A policy of the access key '{accessKeyId}' is not valid: {issues.Errors[0]}");

    private static CallerIdentity IdentityOf(SigV4Credential credential, string arn, PolicyPrincipal principal)
    {
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, credential.UserId ?? arn),
            new(ClaimTypes.Name, credential.UserName ?? arn),
        };
        return new CallerIdentity
        {
            User = SealedPrincipal.Of(new SealedIdentity(claims, AuthenticationType, ClaimTypes.Name, ClaimTypes.Role)),
            Signed = new SignedIdentity
            {
                AccessKey = credential.AccessKeyId,
                AccountId = principal.AccountId,
                Caller = credential.UserId,
                User = credential.UserId,
                UserArn = arn,
                PrincipalOrgId = credential.OrgId,
                CognitoIdentityId = credential.CognitoIdentityId,
                CognitoIdentityPoolId = credential.CognitoIdentityPoolId,
                CognitoAuthenticationType = credential.CognitoAuthenticationType,
                CognitoAuthenticationProvider = credential.CognitoAuthenticationProvider,
            },
        };
    }

    private static FrozenDictionary<string, string> TagsOf(SigV4Credential credential)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in credential.PrincipalTags)
        {
            tags.TryAdd(name, value);
        }

        return tags.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
