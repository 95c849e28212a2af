using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

public sealed class JwtValidatorsTests
{
    [Fact]
    public void For_EqualPlanAfterAReload_KeepsTheValidator()
    {
        var validators = Validators();
        var before = validators.For(Plan("api/a", "x"));

        Assert.Same(before, validators.For(Plan("api/a", "x")));
        Assert.NotSame(before, validators.For(Plan("api/b", "x")));
        Assert.NotSame(before, validators.For(Plan("api/a", "y")));
        Assert.NotSame(before, validators.For(Plan("api/a", "x")));
    }

    private static JwtValidators Validators()
    {
        var server = new KeyServer();
        var time = new ManualTimeProvider();
        return new JwtValidators(new JwksProvider(server, new JwtOptions(), time, server), new JwtOptions(), time);
    }

    private static JwtPlan Plan(string name, string audience) => new()
    {
        Name = name,
        Profile = JwtProfile.Rest,
        Issuers = [new JwtIssuerPlan { Issuer = Issuer.Name, Audiences = [audience] }],
    };
}
