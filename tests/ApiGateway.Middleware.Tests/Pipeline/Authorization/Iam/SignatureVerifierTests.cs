using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

public sealed class SignatureVerifierTests
{
    private static readonly string[] Mixed = ["b", "a", "  x   y  "];

    [Fact]
    public async Task Verify_WorkedHeaderForm_Holds()
    {
        var signed = new Signed().With(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, "
            + "Signature=a5172d5755e0dbbf3a4517d79e6a3c722de76e80726a581ea876ca944228b923");

        var result = await signed.VerifyAsync();

        Assert.Equal(Signed.Id, result.Credential?.AccessKeyId);
        Assert.Null(result.Refusal);
    }

    [Fact]
    public async Task Verify_WorkedBodyAndToken_Holds()
    {
        var signed = new Signed
        {
            Method = "POST",
            Target = "/prod/pets",
            Store = new InMemoryCredentialStore([new(Signed.Id, Signed.Secret) { SessionToken = "TOKEN/+=" }]),
        };
        signed.WithBody("""{"name":"rex"}""").With("Content-Type", "application/json").With("X-Amz-Security-Token", "TOKEN/+=").With(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "
            + "Signature=42d6057e2ad05d60dc81879856599ecc80091261512a46aa2549d163f5de1f46");

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Fact]
    public async Task Verify_WorkedPresignedForm_Holds()
    {
        var signed = new Signed
        {
            Target = "/prod/pets?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fexecute-api%2Faws4_request&X-Amz-Date=20150830T123600Z"
                + "&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=57aaf78d3a62171bd8ebac07bddc9c91652dcef6ce115a6ba3221f679936cfc2",
        };
        signed.Headers.Remove("X-Amz-Date");

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Theory]
    [InlineData("a=x+y")]
    [InlineData("a=x%20y")]
    [InlineData("%24filter=id+eq+123&$top=1")]
    [InlineData("Param-3=a&Param=b&Param=a")]
    [InlineData("broken=%zz&empty&=x&&")]
    public async Task Verify_QueryOfAnyForm_Holds(string query) =>
        Assert.NotNull((await new Signed { Target = "/prod/pets?" + query }.Sign().VerifyAsync()).Credential);

    [Theory]
    [InlineData("/prod/pets?a=x+y", "/prod/pets?a=x%20y")]
    [InlineData("/prod/./x/../pets", "/prod/pets")]
    [InlineData("/prod//pets", "/prod/pets")]
    [InlineData("/prod/pets", "http://other.example/prod/pets")]
    [InlineData("/prod/pets?a=1&b=2", "/prod/pets?b=2&a=1")]
    public async Task Verify_SameMeaningInAnotherForm_Holds(string signedTarget, string sentTarget)
    {
        var signed = new Signed { Target = signedTarget }.Sign();

        signed.Target = sentTarget;

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Fact]
    public async Task Verify_RepeatedHeadersWithRunsOfSpaces_AreFolded()
    {
        var signed = new Signed().With("X-Mixed", Mixed).Sign("host;x-amz-date;x-mixed");
        signed.With("X-Mixed", "b,a,x y");

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Fact]
    public async Task Verify_ProxyThatChangesTheHost_HostOverrideNamesThePublicOne()
    {
        var signed = new Signed().Sign().With("Host", "internal:8080");
        Assert.Same(GatewayRefusal.SignatureMismatch, await signed.RefusalAsync());

        signed.Options.HostOverride = Signed.Host;

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Fact]
    public async Task Verify_DateHeaderInsteadOfAmzDate_Holds()
    {
        var signed = new Signed();
        signed.Headers.Remove("X-Amz-Date");
        signed.With("Date", "Sun, 30 Aug 2015 12:36:00 GMT").Sign("date;host");

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public async Task Verify_HeaderFormAtTheEdgesOfTheWindow_IsInclusive(int seconds, bool holds)
    {
        var signed = new Signed().Sign();

        signed.Time.Now = Signed.Now.AddSeconds(seconds);

        Assert.Equal(holds, (await signed.VerifyAsync()).Credential is not null);
    }

    [Theory]
    [InlineData("60", 60, true)]
    [InlineData("60", 61, false)]
    [InlineData("60", -300, true)]
    [InlineData("60", -301, false)]
    [InlineData("604800", 604_800, true)]
    [InlineData(null, 300, true)]
    [InlineData(null, 301, false)]
    public async Task Verify_PresignedFormAtTheEdgesOfItsLife_IsInclusive(string? expires, int seconds, bool holds)
    {
        var signed = new Signed().Presign(expires);

        signed.Time.Now = Signed.Now.AddSeconds(seconds);

        Assert.Equal(holds, (await signed.VerifyAsync()).Credential is not null);
    }

    [Fact]
    public async Task Verify_TokenAppendedAfterPresigning_Holds()
    {
        var signed = new Signed { Store = new InMemoryCredentialStore([new(Signed.Id, Signed.Secret) { SessionToken = "t" }]) }.Presign();

        signed.Target += "&X-Amz-Security-Token=t";

        Assert.NotNull((await signed.VerifyAsync()).Credential);
    }

    [Fact]
    public async Task Verify_OtherParameterAppendedAfterPresigning_IsRefused()
    {
        var signed = new Signed().Presign();

        signed.Target += "&x=1";

        Assert.Same(GatewayRefusal.SignatureMismatch, await signed.RefusalAsync());
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task Verify_UnsignedPayload_HoldsOnlyOverTlsWhereAllowed(bool isAllowed, bool isTls, bool holds)
    {
        var signed = new Signed { Method = "PUT", Target = "/prod/pets?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD", IsTls = isTls, Body = [1] };
        signed.Options.AllowUnsignedPayload = isAllowed;
        signed.Presign(payload: "UNSIGNED-PAYLOAD");

        Assert.Equal(holds, (await signed.VerifyAsync()).Credential is not null);
    }

    [Fact]
    public async Task Verify_UnsignedPayloadInTheHeaderForm_IsRefused()
    {
        var signed = new Signed { IsTls = true };
        signed.Options.AllowUnsignedPayload = true;
        signed.With("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD").Sign("host;x-amz-content-sha256;x-amz-date");
        var right = signed.SignatureOf("host;x-amz-content-sha256;x-amz-date");
        var wrong = signed.SignatureOf("host;x-amz-content-sha256;x-amz-date", "UNSIGNED-PAYLOAD");

        signed.Headers.Authorization = signed.Headers.Authorization.ToString().Replace(right, wrong, StringComparison.Ordinal);

        Assert.Same(GatewayRefusal.SignatureMismatch, await signed.RefusalAsync());
    }

    [Fact]
    public async Task Verify_EveryChangedByte_IsRefused()
    {
        var signed = new Signed { Method = "POST", Target = "/prod/pets/x?b=2&a=1" };
        signed.WithBody("{\"a\":1}").With("Content-Type", "application/json").With("X-Other", "free").Sign("content-type;host;x-amz-date");
        var verifier = signed.Verifier();
        Assert.NotNull((await signed.VerifyAsync(verifier)).Credential);
        var checks = 0;

        foreach (var change in Changes(signed))
        {
            var undo = change();
            var result = await signed.VerifyAsync(verifier);
            Assert.True(result.Credential is null, $"{signed.Method} {signed.Target} {signed.Headers.Authorization} holds after change {checks}.");
            undo();
            checks++;
        }

        Assert.True(checks > 300, $"Only {checks} changes were tried.");
        signed.With("X-Other", "changed");
        Assert.NotNull((await signed.VerifyAsync(verifier)).Credential);
    }

    [Fact]
    public async Task Verify_SecretOfTheIdChanges_DoesNotMeetTheOldDerivedKey()
    {
        var credential = new SigV4Credential(Signed.Id, Signed.Secret);
        var signed = new Signed { Store = new DelegateSigV4CredentialStore((_, _) => new(credential)) }.Sign();
        var verifier = signed.Verifier();
        Assert.NotNull((await signed.VerifyAsync(verifier)).Credential);

        credential = new SigV4Credential(Signed.Id, "another");

        Assert.Same(GatewayRefusal.SignatureMismatch, (await signed.VerifyAsync(verifier)).Refusal);
    }

    [Fact]
    public async Task Verify_ClearedCredential_IsUnknown()
    {
        var credential = new SigV4Credential(Signed.Id, Signed.Secret);
        var signed = new Signed { Store = new InMemoryCredentialStore([credential]) }.Sign();

        credential.Clear();

        Assert.Same(GatewayRefusal.UnrecognizedClient, await signed.RefusalAsync());
    }

    // Each changes one character or byte, and gives what changes it back.
    private static IEnumerable<Func<Action>> Changes(Signed signed)
    {
        foreach (var (read, write) in new (Func<string>, Action<string>)[]
        {
            (() => signed.Method, value => signed.Method = value),
            (() => signed.Target, value => signed.Target = value),
            (() => signed.Headers["Host"].ToString(), value => signed.Headers["Host"] = value),
            (() => signed.Headers["Content-Type"].ToString(), value => signed.Headers["Content-Type"] = value),
            (() => signed.Headers["X-Amz-Date"].ToString(), value => signed.Headers["X-Amz-Date"] = value),
            (() => signed.Headers.Authorization.ToString(), value => signed.Headers.Authorization = value),
        })
        {
            var text = read();
            for (var i = 0; i < text.Length; i++)
            {
                // A space more or less between the parts of the header means nothing.
                if (text[i] == ' ' && text[Math.Max(0, i - 1)] == ',')
                {
                    continue;
                }

                var at = i;
                yield return () =>
                {
                    write(text[..at] + (char)(text[at] ^ 1) + text[(at + 1)..]);
                    return () => write(text);
                };
            }
        }

        for (var i = 0; i < signed.Body.Length; i++)
        {
            var at = i;
            yield return () =>
            {
                signed.Body[at] ^= 1;
                return () => signed.Body[at] ^= 1;
            };
        }
    }
}
