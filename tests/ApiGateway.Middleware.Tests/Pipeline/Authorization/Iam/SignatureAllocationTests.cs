using ApiGateway.Middleware.Tests.Allocations;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

public sealed class SignatureAllocationTests
{
    [Fact]
    public void Verify_GetWithoutBody_AllocatesLessThanAKilobyte()
    {
        var signed = new Signed().Sign();
        var verifier = signed.Verifier();
        var isGood = true;

        var bytes = AllocatedBytes.PerCall(() =>
        {
            var request = new SignedHttpRequest(signed.Method, signed.Target, signed.Headers, isTls: true);
            if (!verifier.TryRead(request, out var claim, out _))
            {
                isGood = false;
                return;
            }

            var pending = verifier.VerifyAsync(request, claim, default, CancellationToken.None);
            isGood &= pending.IsCompletedSuccessfully && pending.Result.Credential is not null;
        });

        Assert.True(isGood);
        Assert.InRange(bytes, 0, 1024);
    }
}
