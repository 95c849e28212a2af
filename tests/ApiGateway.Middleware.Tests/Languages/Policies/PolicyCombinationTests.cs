using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Combination;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class PolicyCombinationTests
{
    private const PolicyOutcome Allow = PolicyOutcome.Allow;
    private const PolicyOutcome Neither = PolicyOutcome.Neither;
    private const PolicyOutcome Deny = PolicyOutcome.ExplicitDeny;

    // Rows: the caller's side; columns: the policy of the API.
    public static TheoryData<object, object, object, object> Tables => new()
    {
        { Allow, Allow, AccessOutcome.Allow, AccessOutcome.Allow },
        { Allow, Neither, AccessOutcome.Allow, AccessOutcome.ImplicitDeny },
        { Allow, Deny, AccessOutcome.ExplicitDeny, AccessOutcome.ExplicitDeny },
        { Neither, Allow, AccessOutcome.Allow, AccessOutcome.ImplicitDeny },
        { Neither, Neither, AccessOutcome.ImplicitDeny, AccessOutcome.ImplicitDeny },
        { Neither, Deny, AccessOutcome.ExplicitDeny, AccessOutcome.ExplicitDeny },
        { Deny, Allow, AccessOutcome.ExplicitDeny, AccessOutcome.ExplicitDeny },
        { Deny, Neither, AccessOutcome.ExplicitDeny, AccessOutcome.ExplicitDeny },
        { Deny, Deny, AccessOutcome.ExplicitDeny, AccessOutcome.ExplicitDeny },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_EachPair_AreFollowed(object identity, object resource, object same, object cross)
    {
        var caller = new IdentityDecision((PolicyOutcome)identity, Allow, Allow);

        Assert.Equal((AccessOutcome)same, PolicyCombination.SameAccount(Of((PolicyOutcome)resource), caller).Outcome);
        Assert.Equal((AccessOutcome)same, PolicyCombination.Authorizer(Of((PolicyOutcome)resource), (PolicyOutcome)identity).Outcome);
        Assert.Equal((AccessOutcome)cross, PolicyCombination.CrossAccount(Of((PolicyOutcome)resource), caller).Outcome);
        if ((PolicyOutcome)resource == Neither)
        {
            Assert.Equal((AccessOutcome)same, PolicyCombination.SameAccount(null, caller).Outcome);
            Assert.Equal((AccessOutcome)same, PolicyCombination.Authorizer(null, (PolicyOutcome)identity).Outcome);
            Assert.Equal((AccessOutcome)cross, PolicyCombination.CrossAccount(null, caller).Outcome);
        }
    }

    [Theory]
    [InlineData(Allow, AccessOutcome.Allow)]
    [InlineData(Neither, AccessOutcome.ImplicitDeny)]
    [InlineData(Deny, AccessOutcome.ExplicitDeny)]
    public void Unauthenticated_WithPolicy_NeedsPermission(object resource, object outcome)
    {
        Assert.Equal((AccessOutcome)outcome, PolicyCombination.Unauthenticated(Of((PolicyOutcome)resource)).Outcome);
        Assert.Equal((AccessOutcome)outcome, PolicyCombination.Token(Of((PolicyOutcome)resource)).Outcome);
    }

    [Fact]
    public void Unauthenticated_WithoutPolicy_Passes()
    {
        Assert.True(PolicyCombination.Unauthenticated(null).IsAllowed);
        Assert.True(PolicyCombination.Token(null).IsAllowed);
    }

    [Fact]
    public void BeforeAuthorizer_OnlyDenial_Refuses()
    {
        Assert.True(PolicyCombination.BeforeAuthorizer(null).IsAllowed);
        Assert.True(PolicyCombination.BeforeAuthorizer(Of(Neither)).IsAllowed);
        Assert.True(PolicyCombination.BeforeAuthorizer(Of(Allow)).IsAllowed);
        Assert.Equal(AccessDecision.Deny(PolicySource.ResourcePolicy), PolicyCombination.BeforeAuthorizer(Of(Deny)));
    }

    [Fact]
    public void PrivateEndpoint_NeedsResourcePolicyAndEndpointPermission()
    {
        Assert.False(PolicyCombination.PrivateEndpoint(null, Of(Allow)).IsAllowed);
        Assert.True(PolicyCombination.PrivateEndpoint(Of(Allow), null).IsAllowed);
        Assert.True(PolicyCombination.PrivateEndpoint(Of(Allow), Of(Allow)).IsAllowed);
        Assert.Equal(AccessDecision.DenyImplicitly(PolicySource.EndpointPolicy), PolicyCombination.PrivateEndpoint(Of(Allow), Of(Neither)));
        Assert.Equal(AccessDecision.Deny(PolicySource.EndpointPolicy), PolicyCombination.PrivateEndpoint(Of(Allow), Of(Deny)));
    }

    [Theory]
    [InlineData(PrincipalMatch.Direct, Neither, Neither, Neither, true)]
    [InlineData(PrincipalMatch.Role, Neither, Allow, Allow, true)]
    [InlineData(PrincipalMatch.Role, Neither, Neither, Allow, false)]
    [InlineData(PrincipalMatch.Role, Neither, Allow, Neither, false)]
    [InlineData(PrincipalMatch.Account, Neither, Allow, Allow, true)]
    [InlineData(PrincipalMatch.Account, Allow, Neither, Allow, false)]
    [InlineData(PrincipalMatch.Everyone, Neither, Allow, Allow, true)]
    [InlineData(PrincipalMatch.Everyone, Allow, Allow, Neither, false)]
    public void SameAccount_ResourcePermission_IsLimitedByHowItNamesTheCaller(
        object match, object identity, object boundary, object session, bool allowed)
    {
        var resource = new PolicyDecision(Allow, 0, null, (PrincipalMatch)match);

        Assert.Equal(allowed, PolicyCombination.SameAccount(resource, Caller(identity, boundary, session)).IsAllowed);
    }

    [Fact]
    public void CrossAccount_DirectPermission_StillNeedsTheCallersSide()
    {
        var resource = new PolicyDecision(Allow, 0, null, PrincipalMatch.Direct);

        Assert.Equal(
            AccessDecision.DenyImplicitly(PolicySource.SessionPolicy),
            PolicyCombination.CrossAccount(resource, new IdentityDecision(Allow, Allow, Neither)));
    }

    [Theory]
    [InlineData(Deny, Allow, Allow, PolicySource.IdentityPolicy)]
    [InlineData(Allow, Deny, Allow, PolicySource.PermissionsBoundary)]
    [InlineData(Neither, Neither, Deny, PolicySource.SessionPolicy)]
    public void SameAccount_AnyDenial_RefusesEvenDirectPermission(
        object identity, object boundary, object session, object source)
    {
        var resource = new PolicyDecision(Allow, 0, null, PrincipalMatch.Direct);

        Assert.Equal(AccessDecision.Deny((PolicySource)source), PolicyCombination.SameAccount(resource, Caller(identity, boundary, session)));
    }

    [Theory]
    [InlineData(Neither, Neither, Allow, PolicySource.IdentityPolicy)]
    [InlineData(Allow, Neither, Allow, PolicySource.PermissionsBoundary)]
    [InlineData(Allow, Allow, Neither, PolicySource.SessionPolicy)]
    public void SameAccount_NothingAllows_NamesTheSource(
        object identity, object boundary, object session, object source) =>
        Assert.Equal(
            AccessDecision.DenyImplicitly((PolicySource)source), PolicyCombination.SameAccount(null, Caller(identity, boundary, session)));

    [Fact]
    public void Default_Decision_Refuses() => Assert.False(default(AccessDecision).IsAllowed);

    [Fact]
    public void Authorizer_RestrictedPermissionOfTheApi_DoesNotRestrictTheAuthorizers()
    {
        var resource = TestPolicy.Compile(
            "{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':'execute-api:/*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}}}");
        var elsewhere = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Action':'*','Resource':'" + TestPolicy.ApiArn + "/dev/GET/other'}}", PolicyKind.Authorizer);
        var here = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Action':'*','Resource':'" + TestPolicy.Pets + "'}}", PolicyKind.Authorizer);
        var inside = new TestKeys().With("aws:SourceIp", "10.1.1.1");
        var outside = new TestKeys().With("aws:SourceIp", "192.0.2.1");

        Assert.True(Passes(here, outside));
        Assert.True(Passes(elsewhere, inside));
        Assert.False(Passes(elsewhere, outside));

        bool Passes(PolicyDocument authorizer, TestKeys keys) =>
            PolicyCombination.Authorizer(TestPolicy.Evaluate(resource, keys: keys), TestPolicy.Evaluate(authorizer, keys: keys).Outcome).IsAllowed;
    }

    [Fact]
    public void Unauthenticated_PermissionForPost_LeavesGetRefused()
    {
        var document = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Principal':'*','Action':'*','Resource':'execute-api:/*/POST/*'}}");

        Assert.True(PolicyCombination.Unauthenticated(TestPolicy.Evaluate(document, TestPolicy.ApiArn + "/dev/POST/pets")).IsAllowed);
        Assert.Equal(AccessOutcome.ImplicitDeny, PolicyCombination.Unauthenticated(TestPolicy.Evaluate(document)).Outcome);
    }

    [Fact]
    public void IdentityPolicies_AreCombined()
    {
        var allow = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}", PolicyKind.Identity);
        var deny = TestPolicy.Compile("{'Statement':{'Effect':'Deny','Action':'*','Resource':'*'}}", PolicyKind.Identity);
        var none = TestPolicy.Compile("{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*'}}", PolicyKind.Identity);
        var root = TestPolicy.Caller("arn:aws:iam::123456789012:root");
        var user = TestPolicy.Caller("arn:aws:iam::123456789012:user/ann");

        Assert.Equal(new IdentityDecision(Neither, Allow, Allow), IdentityPolicies.None.Evaluate(TestPolicy.Request(caller: user)));
        Assert.Equal(new IdentityDecision(Allow, Allow, Allow), IdentityPolicies.None.Evaluate(TestPolicy.Request(caller: root)));
        Assert.Equal(
            new IdentityDecision(Allow, Neither, Allow),
            new IdentityPolicies { Identity = [none, allow], Boundary = none, Session = [allow, none] }.Evaluate(TestPolicy.Request(caller: user)));
        Assert.Equal(
            new IdentityDecision(Deny, Deny, Deny),
            new IdentityPolicies { Identity = [allow, deny], Boundary = deny, Session = [allow, deny] }.Evaluate(TestPolicy.Request(caller: user)));
        Assert.Equal(
            new IdentityDecision(Neither, Allow, Neither),
            new IdentityPolicies { Identity = [none], Session = [none] }.Evaluate(TestPolicy.Request(caller: user)));
    }

    private static IdentityDecision Caller(object identity, object boundary, object session) =>
        new((PolicyOutcome)identity, (PolicyOutcome)boundary, (PolicyOutcome)session);

    private static PolicyDecision Of(PolicyOutcome outcome) =>
        outcome == Neither ? PolicyDecision.Neither : new PolicyDecision(outcome, 0, null, PrincipalMatch.Everyone);
}
