using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Tests.Signing;

public sealed class RequestSignerTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Host = "abc123.execute-api.us-east-1.amazonaws.com";

    private static readonly DateTimeOffset Now = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    [Fact]
    public void Sign_EscapedPathAndMixedQuery_GivesTheWorkedSignature()
    {
        using var request = Request(HttpMethod.Get, "/prod/pets/a%20b/%40me?b=2&a=x%20y&a=1&flag");

        new RequestSigner().Sign(request, [], new AwsCredentials("AKIDEXAMPLE", Secret), "us-east-1", "execute-api", Now);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, " +
            "Signature=a5172d5755e0dbbf3a4517d79e6a3c722de76e80726a581ea876ca944228b923",
            request.Headers.NonValidated["Authorization"].ToString());
    }

    [Fact]
    public void Sign_BodyAndToken_GivesTheWorkedSignature()
    {
        using var request = Request(HttpMethod.Post, "/prod/pets");
        var body = Encoding.UTF8.GetBytes("""{"name":"rex"}""");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");

        new RequestSigner().Sign(request, body, new AwsCredentials("AKIDEXAMPLE", Secret, "TOKEN/+="), "us-east-1", "execute-api", Now);

        Assert.EndsWith(
            "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, " +
            "Signature=42d6057e2ad05d60dc81879856599ecc80091261512a46aa2549d163f5de1f46",
            request.Headers.NonValidated["Authorization"].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_OtherKeysAfterwards_DoesNotReuseTheKeyOfTheDay()
    {
        var signer = new RequestSigner();
        using var first = Request(HttpMethod.Get, "/");
        using var second = Request(HttpMethod.Get, "/");

        signer.Sign(first, [], new AwsCredentials("A", "one"), "us-east-1", "lambda", Now);
        signer.Sign(second, [], new AwsCredentials("A", "two"), "us-east-1", "lambda", Now);

        Assert.NotEqual(
            first.Headers.NonValidated["Authorization"].ToString(), second.Headers.NonValidated["Authorization"].ToString());
    }

    // The worked examples of "Authenticating Requests: Using the Authorization Header" in the Amazon S3 API reference.
    [Theory]
    [InlineData("/?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("/?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_S3_GivesThePublishedSignature(string target, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://examplebucket.s3.amazonaws.com" + target));

        new RequestSigner().Sign(
            request, [], new AwsCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), "us-east-1", "s3",
            new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), isS3: true);

        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, " +
            "SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=" + signature,
            request.Headers.NonValidated["Authorization"].ToString());
    }

    [Fact]
    public void Sign_HeadersThatAreThereAlready_AreReplaced()
    {
        using var request = Request(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20000101T000000Z");
        request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", "forged");
        request.Headers.TryAddWithoutValidation("Authorization", "forged");

        new RequestSigner().Sign(request, [], new AwsCredentials("AKIDEXAMPLE", Secret), "us-east-1", "execute-api", Now);

        Assert.Equal("20150830T123600Z", request.Headers.NonValidated["X-Amz-Date"].ToString());
        Assert.False(request.Headers.Contains("X-Amz-Security-Token"));
        Assert.StartsWith("AWS4-HMAC-SHA256", request.Headers.NonValidated["Authorization"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_Credentials_HidesTheSecret() =>
        Assert.Equal("AKIDEXAMPLE", new AwsCredentials("AKIDEXAMPLE", Secret, "token").ToString());

    private static HttpRequestMessage Request(HttpMethod method, string target) =>
        new(method, new Uri("https://" + Host + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
}
