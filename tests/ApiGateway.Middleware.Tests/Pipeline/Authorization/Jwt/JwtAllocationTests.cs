using ApiGateway.Middleware.Tests.Allocations;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

public sealed class JwtAllocationTests
{
    [Fact]
    public async Task Validate_RememberedToken_AllocatesNothing()
    {
        using var validation = new Validation();
        string[] scopes = ["x", "api/read"];
        StringValues header = "Bearer " + validation.Issuer.Rs256(Issuer.AccessClaims(validation.Now, "api/write api/read"));
        await validation.Validator.ValidateAsync(header, scopes, default);
        var validator = validation.Validator;
        var isGood = true;

        var bytes = AllocatedBytes.PerCall(() =>
        {
            var pending = validator.ValidateAsync(header, scopes, default);
            isGood &= pending.IsCompletedSuccessfully && pending.Result.Token is not null;
        });

        Assert.True(isGood);
        Assert.Equal(0, bytes);
    }
}
