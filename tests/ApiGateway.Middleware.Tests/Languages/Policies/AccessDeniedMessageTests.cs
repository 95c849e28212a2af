using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class AccessDeniedMessageTests
{
    private const string Arn = "arn:aws:execute-api:us-west-2:111111112543:vd2gh6uqw3/api/GET/";
    private const string Anonymous =
        "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-west-2:********2543:vd2gh6uqw3/api/GET/";

    [Theory]
    [InlineData(AccessOutcome.ImplicitDeny, PolicySource.ResourcePolicy, AccessDeniedDetail.Classic, "")]
    [InlineData(AccessOutcome.ExplicitDeny, PolicySource.ResourcePolicy, AccessDeniedDetail.Classic, " with an explicit deny")]
    [InlineData(AccessOutcome.ExplicitDeny, PolicySource.ResourcePolicy, AccessDeniedDetail.Extended, " with an explicit deny in a resource-based policy")]
    [InlineData(AccessOutcome.ExplicitDeny, PolicySource.IdentityPolicy, AccessDeniedDetail.Extended, " with an explicit deny in an identity-based policy")]
    [InlineData(AccessOutcome.ImplicitDeny, PolicySource.IdentityPolicy, AccessDeniedDetail.Extended, " because no identity-based policy allows the execute-api:Invoke action")]
    [InlineData(AccessOutcome.ImplicitDeny, PolicySource.ResourcePolicy, AccessDeniedDetail.Extended, " because no resource-based policy allows the execute-api:Invoke action")]
    [InlineData(AccessOutcome.ImplicitDeny, PolicySource.SessionPolicy, AccessDeniedDetail.Extended, " because no session policy allows the execute-api:Invoke action")]
    [InlineData(AccessOutcome.ImplicitDeny, PolicySource.PermissionsBoundary, AccessDeniedDetail.Extended, " because no permissions boundary allows the execute-api:Invoke action")]
    public void ForCaller_Anonymous_SaysWhat(object outcome, object source, object detail, string ending)
    {
        Assert.True(ArnParts.TryParse(Arn, out var resource));

        var text = AccessDeniedMessage.ForCaller(
            PolicyPrincipal.Anonymous, PolicyAction.Invoke, resource, new AccessDecision((AccessOutcome)outcome, (PolicySource)source), (AccessDeniedDetail)detail);

        Assert.Equal(Anonymous + ending, text);
    }

    [Fact]
    public void ForCaller_Signed_ShowsTheWholePrincipal()
    {
        const string User = "arn:aws:iam::111111112543:user/ann";
        Assert.True(ArnParts.TryParse(Arn, out var resource));

        var text = AccessDeniedMessage.ForCaller(
            TestPolicy.Caller(User), PolicyAction.InvalidateCache, resource, AccessDecision.DenyImplicitly(PolicySource.IdentityPolicy), AccessDeniedDetail.Classic);

        Assert.StartsWith($"User: {User} is not authorized to perform: execute-api:InvalidateCache on resource: arn:aws:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AccessOutcome.ImplicitDeny, AccessDeniedDetail.Classic, "User is not authorized to access this resource")]
    [InlineData(AccessOutcome.ImplicitDeny, AccessDeniedDetail.Extended, "User is not authorized to access this resource")]
    [InlineData(AccessOutcome.ExplicitDeny, AccessDeniedDetail.Classic, "User is not authorized to access this resource with an explicit deny")]
    [InlineData(AccessOutcome.ExplicitDeny, AccessDeniedDetail.Extended, "User is not authorized to access this resource with an explicit deny in an identity-based policy")]
    public void ForAuthorizer_Refusal_NamesNobody(object outcome, object detail, string text) =>
        Assert.Equal(text, AccessDeniedMessage.ForAuthorizer(new AccessDecision((AccessOutcome)outcome, PolicySource.Authorizer), (AccessDeniedDetail)detail));
}
