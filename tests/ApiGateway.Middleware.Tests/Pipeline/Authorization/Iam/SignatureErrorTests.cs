using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Responses;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

/// <summary>Each way in which a signature can be wrong, with the exact words of the answer.</summary>
public sealed class SignatureErrorTests
{
    private const string Scope = "20150830/us-east-1/execute-api/aws4_request";
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Rest = "SignedHeaders=host;x-amz-date, Signature=" + Zeros;
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.";

    private static readonly string[] Two = ["AWS4-HMAC-SHA256 a=b", "AWS4-HMAC-SHA256 a=b"];

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Verify_NoAuthentication_IsMissing(string? header)
    {
        var signed = header is null ? new Signed() : new Signed().With("Authorization", header);

        Expect(await signed.RefusalAsync(), GatewayResponseType.MissingAuthenticationToken, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Unknown=1", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. ")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host", "Authorization header requires 'Signature' parameter. ")]
    [InlineData("AWS4-HMAC-SHA256", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. ")]
    [InlineData("Basic dXNlcjpwYXNzd29yZA==", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. ")]
    public async Task Verify_MissingParts_NamesEachAndHashesTheHeader(string header, string sentences)
    {
        var refusal = await new Signed().With("Authorization", header).RefusalAsync();

        Incomplete(refusal, $"{sentences}(Hashed with SHA-256 and encoded with Base64) Authorization={Hash(header)}");
    }

    [Fact]
    public async Task Verify_NoDate_NamesAllThatIsMissingInOrder()
    {
        var signed = new Signed().With("Authorization", "AWS4-HMAC-SHA256 x=y");
        signed.Headers.Remove("X-Amz-Date");

        Incomplete(
            await signed.RefusalAsync(),
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
            + "Authorization header requires 'SignedHeaders' parameter. "
            + "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            + $"(Hashed with SHA-256 and encoded with Base64) Authorization={Hash("AWS4-HMAC-SHA256 x=y")}");
    }

    [Fact]
    public async Task Verify_LegacyEcho_ShowsTheHeader()
    {
        var signed = new Signed().With("Authorization", "Bearer abc");
        signed.Options.LegacyHeaderEcho = true;

        Incomplete(await signed.RefusalAsync(), "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.");
    }

    [Fact]
    public async Task Verify_PieceWithoutEqualSign_IsNoPair() => Incomplete(
        await new Signed().With("Authorization", "Bearer secret.token.here").RefusalAsync(),
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): "
        + $"'{Hash("Bearer secret.token.here")}'.");

    [Theory]
    [InlineData("AWS4-HMAC-SHA512")]
    [InlineData("AWS4-ECDSA-P256-SHA256")]
    [InlineData("aws4-hmac-sha256")]
    public async Task Verify_OtherAlgorithm_IsUnsupported(string algorithm) => Incomplete(
        await new Signed().With("Authorization", $"{algorithm} Credential=a/{Scope}, {Rest}").RefusalAsync(),
        $"Unsupported AWS 'algorithm': '{algorithm}'.");

    [Fact]
    public async Task Verify_TwoHeaders_IsIncomplete()
    {
        var refusal = await new Signed().With("Authorization", new StringValues(Two)).RefusalAsync();

        Assert.Equal("IncompleteSignatureException", refusal.ErrorType);
        Assert.StartsWith("Authorization header must be given exactly once. (Hashed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Credential")]
    [InlineData("SignedHeaders")]
    [InlineData("Signature")]
    public async Task Verify_RepeatedParameter_IsIncomplete(string name)
    {
        var refusal = await new Signed().With("Authorization", $"AWS4-HMAC-SHA256 Credential=a/{Scope}, {Rest}, {name}=x").RefusalAsync();

        Assert.Equal("IncompleteSignatureException", refusal.ErrorType);
        Assert.StartsWith($"Authorization header's '{name}' parameter must be given exactly once.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AKID")]
    [InlineData("AKID/20150830/us-east-1/execute-api")]
    [InlineData("AK/ID/20150830/us-east-1/execute-api/aws4_request")]
    public async Task Verify_CredentialOfOtherLength_IsIncomplete(string credential) => Incomplete(
        await new Signed().With("Authorization", $"AWS4-HMAC-SHA256 Credential={credential}, {Rest}").RefusalAsync(),
        $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");

    [Theory]
    [InlineData("2015-08-30T12:36:00Z")]
    [InlineData("20150830T123600")]
    [InlineData("20151330T123600Z")]
    [InlineData("20150830t123600Z")]
    [InlineData("Mon, 31 Feb 2015 12:36:00 GMT")]
    public async Task Verify_DateOfOtherForm_IsIncomplete(string date) => Incomplete(
        await new Signed().Sign().With("X-Amz-Date", date).RefusalAsync(),
        $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");

    [Fact]
    public async Task Verify_HostNotSigned_SaysSo() => Invalid(
        await new Signed().Sign("x-amz-date").RefusalAsync(), "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    [Theory]
    [InlineData("20150829/us-east-1/execute-api/aws4_request", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
        + "from HTTP: '20150829' != '20150830', from '20150830T123600Z'.")]
    [InlineData("20150830/eu-west-1/execute-api/aws4_request", "Credential should be scoped to a valid region, not 'eu-west-1'. ")]
    [InlineData("20150830/US-EAST-1/execute-api/aws4_request", "Credential should be scoped to a valid region, not 'US-EAST-1'. ")]
    [InlineData("20150830/us-east-1/s3/aws4_request", "Credential should be scoped to correct service: 'execute-api'. ")]
    [InlineData("20150830/us-east-1/execute-api/aws5_request", "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.")]
    [InlineData("1/2/3/4", "Credential should be scoped with a valid terminator: 'aws4_request', not '4'. "
        + "Credential should be scoped to a valid region, not '2'. Credential should be scoped to correct service: 'execute-api'. "
        + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '1' != '20150830', from '20150830T123600Z'.")]
    public async Task Verify_OtherScope_NamesEachPart(string scope, string message) => Invalid(await new Signed().Sign(scope: scope).RefusalAsync(), message);

    [Theory]
    [InlineData(301, "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)")]
    [InlineData(-301, "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)")]
    public async Task Verify_OutsideTheWindow_TellsBothTimes(int seconds, string message)
    {
        var signed = new Signed().Sign();
        signed.Time.Now = Signed.Now.AddSeconds(seconds);

        Invalid(await signed.RefusalAsync(), message);
    }

    [Theory]
    [InlineData("host;host;x-amz-date")]
    [InlineData("x-amz-date;host")]
    [InlineData("Host;x-amz-date")]
    [InlineData("host;;x-amz-date")]
    [InlineData("host;x-amz-date;x-not-there")]
    public async Task Verify_SignedHeadersOfNoCanonicalForm_DoNotMatch(string names)
    {
        var signed = new Signed().Sign();
        signed.Headers.Authorization = signed.Headers.Authorization.ToString().Replace("host;x-amz-date", names, StringComparison.Ordinal);

        Invalid(await signed.RefusalAsync(), Mismatch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A5172D5755E0DBBF3A4517D79E6A3C722DE76E80726A581EA876CA944228B923")]
    [InlineData("a5172d")]
    [InlineData(Zeros)]
    public async Task Verify_OtherSignature_DoesNotMatch(string signature) => Invalid(
        await new Signed().With(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{Scope}, SignedHeaders=host;x-amz-date, Signature={signature}").RefusalAsync(),
        Mismatch);

    [Theory]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", true)]
    [InlineData(Zeros, false)]
    [InlineData("UNSIGNED-PAYLOAD", true)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", false)]
    public async Task Verify_ContentHashHeader_IsComparedAndNeverBelieved(string value, bool holds)
    {
        // Signed as an ordinary header, over the hash of the real body.
        var result = await new Signed().With("X-Amz-Content-Sha256", value).Sign("host;x-amz-content-sha256;x-amz-date").VerifyAsync();

        Assert.Equal(holds, result.Credential is not null);
    }

    [Fact]
    public async Task Verify_UnsignedAmzHeader_IsRefusedWhereAllMustBeSigned()
    {
        var signed = new Signed().Sign().With("X-Amz-Meta", "1");
        Assert.NotNull((await signed.VerifyAsync()).Credential);

        signed.Options.RequireSignedAmzHeaders = true;

        Invalid(await signed.RefusalAsync(), Mismatch);
    }

    [Fact]
    public async Task Verify_VerboseMismatch_TellsWhatShouldHaveBeenSigned()
    {
        var signed = new Signed { Target = "/prod/pets" }.Sign().With("Host", "other");
        signed.Options.VerboseMismatch = true;

        var canonical = $"GET\n/prod/pets\n\nhost:other\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n{Hex("")}";
        Invalid(
            await signed.RefusalAsync(),
            $"{Mismatch}\n\nThe Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n"
            + $"'AWS4-HMAC-SHA256\n20150830T123600Z\n{Scope}\n{Hex(canonical)}'\n");
    }

    [Theory]
    [InlineData("AKIDOTHERS")]
    [InlineData("AKID-EXAMPLE")]
    [InlineData("")]
    public async Task Verify_UnknownId_IsInvalid(string id)
    {
        var signed = new Signed().Sign(id: id);
        signed.Options.VerboseMismatch = true;

        Expect(await signed.RefusalAsync(), GatewayResponseType.AccessDenied, "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    [Fact]
    public async Task Verify_IdOfOtherFormThanKeysHave_DoesNotReachTheStore()
    {
        var asked = 0;
        var signed = new Signed { Store = new DelegateSigV4CredentialStore((_, _) => new((asked++, (SigV4Credential?)null).Item2)) };

        await signed.Sign(id: "a'or'1").VerifyAsync();
        signed.Options.MinAccessKeyIdLength = 16;
        await signed.Sign().VerifyAsync();
        Assert.Equal(0, asked);

        await signed.Sign(id: "AKIAIOSFODNN7EXAMPLE").VerifyAsync();
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Verify_InactiveKey_CountsAsUnknown() => Assert.Same(
        GatewayRefusal.UnrecognizedClient,
        await new Signed { Store = new InMemoryCredentialStore([new(Signed.Id, Signed.Secret) { IsActive = false }]) }.Sign().RefusalAsync());

    [Theory]
    [InlineData("token", "token", true)]
    [InlineData("token", "other", false)]
    [InlineData("token", null, false)]
    [InlineData("token", "", false)]
    [InlineData("token", "undefined", false)]
    [InlineData(null, "token", false)]
    [InlineData(null, null, true)]
    public async Task Verify_SessionToken_MustBeThatOfTheKey(string? expected, string? presented, bool holds)
    {
        var signed = new Signed { Store = new InMemoryCredentialStore([new(Signed.Id, Signed.Secret) { SessionToken = expected }]) };
        if (presented is not null)
        {
            signed.With("X-Amz-Security-Token", presented).Sign("host;x-amz-date;x-amz-security-token");
        }
        else
        {
            signed.Sign();
        }

        var result = await signed.VerifyAsync();

        Assert.Equal(holds, result.Credential is not null);
        Assert.Same(holds ? null : GatewayRefusal.UnrecognizedClient, result.Refusal);
    }

    [Fact]
    public async Task Verify_ExpiredSession_IsToldOnlyToWhoSigned()
    {
        var signed = new Signed
        {
            Store = new InMemoryCredentialStore([new(Signed.Id, Signed.Secret) { SessionToken = "t", SessionExpiration = Signed.Now }]),
        };
        signed.With("X-Amz-Security-Token", "t").Sign("host;x-amz-date;x-amz-security-token");

        Expect(await signed.RefusalAsync(), GatewayResponseType.ExpiredToken, "ExpiredTokenException", "The security token included in the request is expired");
        signed.Target += "&forged=1";
        Invalid(await signed.RefusalAsync(), Mismatch);
    }

    [Fact]
    public async Task Verify_BothForms_OnlyOneIsAllowed() => Incomplete(
        await new Signed().Presign().With("Authorization", "Bearer x").RefusalAsync(),
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified");

    [Theory]
    [InlineData("X-Amz-Signature=0", "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include "
        + "'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include "
        + "'X-Amz-Date'. Re-examine the query-string parameters.")]
    [InlineData("X-Amz-Algorithm=A&X-Amz-Credential=C&X-Amz-Date=D&X-Amz-SignedHeaders=host&X-Amz-Signature=s", "Unsupported AWS 'algorithm': 'A'.")]
    [InlineData("X-Amz-Algorithm=A&X-Amz-Date=D&X-Amz-Date=D", "AWS query-string parameter 'X-Amz-Date' must be given exactly once. "
        + "Re-examine the query-string parameters.")]
    public async Task Verify_PresignedPartsWrong_IsIncomplete(string query, string message) =>
        Incomplete(await new Signed { Target = "/prod/pets?" + query }.RefusalAsync(), message);

    [Theory]
    [InlineData("0")]
    [InlineData("604801")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public async Task Verify_PresignedLifeOutOfRange_IsIncomplete(string expires) =>
        Incomplete(await new Signed().Presign(expires).RefusalAsync(), "'X-Amz-Expires' must be a number of seconds from 1 to 604800.");

    [Fact]
    public async Task Verify_PresignedExpired_TellsItsLife()
    {
        var signed = new Signed().Presign("90");
        signed.Time.Now = Signed.Now.AddSeconds(91);

        Invalid(await signed.RefusalAsync(), "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123731Z - 90 sec.)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Verify_StoreFails_IsAFaultOfTheServer(bool isSynchronous)
    {
        var fault = new InvalidOperationException("down");
        var signed = new Signed
        {
            Store = new DelegateSigV4CredentialStore(async (_, _) =>
            {
                await Task.Yield();
                throw fault;
            }),
        };
        signed.Store = isSynchronous ? new DelegateSigV4CredentialStore((_, _) => throw fault) : signed.Store;

        var result = await signed.Sign().VerifyAsync();

        Assert.Same(GatewayRefusal.AuthorizerFailure, result.Refusal);
        Assert.Same(fault, result.Fault);
    }

    [Fact]
    public void Default_Result_Refuses()
    {
        Assert.Null(default(SigV4Result).Credential);
        Assert.NotNull(default(SigV4Result).Refusal);
    }

    private static void Incomplete(GatewayRefusal refusal, string message) =>
        Expect(refusal, GatewayResponseType.InvalidSignature, "IncompleteSignatureException", message);

    private static void Invalid(GatewayRefusal refusal, string message) =>
        Expect(refusal, GatewayResponseType.InvalidSignature, "InvalidSignatureException", message);

    private static void Expect(GatewayRefusal refusal, GatewayResponseType type, string errorType, string message)
    {
        Assert.Equal(message, refusal.Message);
        Assert.Equal(errorType, refusal.ErrorType);
        Assert.Equal(type, refusal.Type);
        Assert.Equal(403, refusal.StatusCode);
        Assert.StartsWith("{\"message\":", Encoding.UTF8.GetString(refusal.DefaultBody), StringComparison.Ordinal);
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
