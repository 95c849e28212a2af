namespace ApiGateway.Middleware.Context;

/// <summary>The members of <c>$context.identity</c> that a signed request has; each <see langword="null"/> if the caller has no such thing.</summary>
internal sealed record SignedIdentity
{
    public string? AccessKey { get; init; }

    public string? AccountId { get; init; }

    public string? Caller { get; init; }

    public string? User { get; init; }

    public string? UserArn { get; init; }

    public string? PrincipalOrgId { get; init; }

    public string? CognitoIdentityPoolId { get; init; }

    public string? CognitoIdentityId { get; init; }

    public string? CognitoAuthenticationType { get; init; }

    public string? CognitoAuthenticationProvider { get; init; }
}
