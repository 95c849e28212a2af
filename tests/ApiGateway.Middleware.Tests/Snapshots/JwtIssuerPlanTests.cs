using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class JwtIssuerPlanTests
{
    [Fact]
    public void OfUserPool_Arn_GivesIssuerAndKeys()
    {
        var plan = JwtIssuerPlan.OfUserPool("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC")!;

        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC", plan.Issuer);
        Assert.Equal("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC/.well-known/jwks.json", plan.JwksUri!.AbsoluteUri);
    }

    [Fact]
    public void OfUserPool_Overrides_Win()
    {
        var plan = JwtIssuerPlan.OfUserPool("arn:aws:cognito-idp:eu-west-1:1:userpool/p", "http://localhost:9229/p", new Uri("http://localhost:9229/k"))!;

        Assert.Equal("http://localhost:9229/p", plan.Issuer);
        Assert.Equal("http://localhost:9229/k", plan.JwksUri!.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://issuer.example", true)]
    [InlineData("https://issuer.example/tenant/", true)]
    [InlineData("http://issuer.example", false)]
    [InlineData("https://issuer.example/?a=1", false)]
    [InlineData("https://issuer.example/#a", false)]
    [InlineData("https://user@issuer.example/", false)]
    [InlineData("issuer.example", false)]
    public void IsIssuer_Text_MustBeAnAddressOverHttps(string issuer, bool isIssuer) => Assert.Equal(isIssuer, JwtIssuerPlan.IsIssuer(issuer));

    [Theory]
    [InlineData("")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:1:identitypool/p")]
    [InlineData("arn:aws:cognito-idp::1:userpool/p")]
    [InlineData("arn:aws:cognito-idp:evil.example/x:1:userpool/p")]
    [InlineData("arn:aws:cognito-idp:eu-west-1:1:userpool/../p")]
    [InlineData("arn:aws:s3:eu-west-1:1:userpool/p")]
    public void OfUserPool_OtherArn_GivesNothing(string arn) => Assert.Null(JwtIssuerPlan.OfUserPool(arn));
}
