using System.Text;
using ApiGateway.Middleware.Pipeline.Authorization;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization;

public sealed class AuthorizerResultReaderTests
{
    private const string Good =
        """{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]},"context":{"a":"x","n":1.50,"t":true,"z":null},"usageIdentifierKey":"key","more":[{}]}""";

    [Fact]
    public void Read_Good_HasCallerPolicyAndKey()
    {
        var answer = AuthorizerResultReader.Read(TestAuthorizer.Rest, Encoding.UTF8.GetBytes(Good), out var error)!;

        Assert.Null(error);
        Assert.Null(answer.Refusal);
        Assert.Equal(1, answer.Policy!.StatementCount);
        Assert.Equal(("alice", "key"), (answer.Caller!.PrincipalId, answer.Caller.UsageIdentifierKey));
        Assert.Equal(["a=x", "n=1.50", "t=true"], answer.Caller.Values.Select(static item => $"{item.Key}={item.Value}").Order(StringComparer.Ordinal));
        Assert.StartsWith("{\"principalId\":\"alice\",", Encoding.UTF8.GetString(answer.Caller.EventStart), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutAnywhere_IsRefusedAndNeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(AuthorizerResultReader.Read(TestAuthorizer.Rest, bytes.AsSpan(0, length), out var error));
            Assert.NotNull(error);
        }
    }

    [Fact]
    public void Read_AnyByteReplaced_NeverThrows()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(Good);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var answer = AuthorizerResultReader.Read(TestAuthorizer.Rest, bytes, out var error);

            Assert.Equal(answer is null, error is not null);
        }
    }

    [Theory]
    [InlineData("""{"principalId":"a\ud800","policyDocument":{"Version":"2012-10-17","Statement":[]}}""")]
    [InlineData("""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[]},"usageIdentifierKey":{}}""")]
    [InlineData("""{"principalId":"a","policyDocument":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""")]
    public void Read_Wrong_IsRefusedWithoutAWordOfIt(string answer)
    {
        Assert.Null(AuthorizerResultReader.Read(TestAuthorizer.Rest, Encoding.UTF8.GetBytes(answer), out var error));
        Assert.NotNull(error);
    }

    [Theory]
    [InlineData("""{"errorMessage":"Unauthorized"}""", true)]
    [InlineData("""{"errorType":"Error","trace":["a"],"errorMessage":"Unauthorized"}""", true)]
    [InlineData("""{"errorMessage":"Un\u0061uthorized"}""", true)]
    [InlineData("""{"errorMessage":"unauthorized"}""", false)]
    [InlineData("""{"errorMessage":"Unauthorized "}""", false)]
    [InlineData("""{"errorMessage":["Unauthorized"]}""", false)]
    [InlineData("\"Unauthorized\"", false)]
    [InlineData("Unauthorized", false)]
    [InlineData("", false)]
    public void IsUnauthorized_Payload_OnlyTheExactWord(string payload, bool expected) =>
        Assert.Equal(expected, AuthorizerResultReader.IsUnauthorized(Encoding.UTF8.GetBytes(payload)));
}
