using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>What HTTP APIs answer to each refusal.</summary>
public sealed class ErrorTableTests
{
    [Theory]
    [InlineData("bad request", 400, "Bad Request", true)]
    [InlineData("unauthorized", 401, "Unauthorized", false)]
    [InlineData("expired user pool token", 401, "Unauthorized", false)]
    [InlineData("missing token", 403, "Forbidden", false)]
    [InlineData("implicit deny", 403, "Forbidden", false)]
    [InlineData("explicit deny", 403, "Forbidden", false)]
    [InlineData("signature", 403, "Forbidden", false)]
    [InlineData("stale signature", 403, "Forbidden", false)]
    [InlineData("expired token", 403, "Forbidden", false)]
    [InlineData("unrecognized client", 403, "Forbidden", false)]
    [InlineData("forbidden", 404, "Not Found", true)]
    [InlineData("no route", 404, "Not Found", true)]
    [InlineData("request too large", 413, "Request Entity Too Large", true)]
    [InlineData("URI too long", 414, "URI Too Long", true)]
    [InlineData("throttled", 429, "Too Many Requests", false)]
    [InlineData("headers too large", 431, "Request Header Fields Too Large", true)]
    [InlineData("server error", 500, "Internal Server Error", true)]
    [InlineData("configuration", 500, "Internal Server Error", true)]
    [InlineData("authorizer failure", 500, "Internal Server Error", true)]
    [InlineData("authorizer configuration", 500, "Internal Server Error", true)]
    [InlineData("malformed function answer", 500, "Internal Server Error", true)]
    [InlineData("function unavailable", 500, "Internal Server Error", true)]
    [InlineData("response too large", 500, "Internal Server Error", true)]
    [InlineData("network", 503, "Service Unavailable", false)]
    [InlineData("timeout", 503, "Service Unavailable", false)]
    public void Http_Refusal_HasItsAnswer(string name, int status, string message, bool hasContentType)
    {
        var refusal = RefusalTable.Find(name);

        var answer = ErrorTable.Http[refusal.Case]!;

        Assert.Equal((status, message), (answer.StatusCode, answer.Message));
        Assert.Equal($$"""{"message":"{{message}}"}""", Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(hasContentType ? "application/json" : null, answer.ContentType);
        Assert.Equal((message, $"\"{message}\""), (refusal.ErrorOf(answer).Message, refusal.ErrorOf(answer).MessageString));
        Assert.Same(refusal.ErrorOf(answer), refusal.ErrorOf(answer));
    }

    [Theory]
    [InlineData("no route", GatewayResponseType.ResourceNotFound)]
    [InlineData("forbidden", GatewayResponseType.ResourceNotFound)]
    [InlineData("throttled", GatewayResponseType.Throttled)]
    [InlineData("unauthorized", GatewayResponseType.Unauthorized)]
    [InlineData("implicit deny", GatewayResponseType.AccessDenied)]
    [InlineData("timeout", GatewayResponseType.IntegrationTimeout)]
    [InlineData("network", GatewayResponseType.IntegrationFailure)]
    [InlineData("request too large", GatewayResponseType.RequestTooLarge)]
    [InlineData("authorizer failure", GatewayResponseType.AuthorizerFailure)]
    public void ErrorOf_Refusal_HasTheNameOfItsType(string name, GatewayResponseType type)
    {
        var refusal = RefusalTable.Find(name);

        Assert.Equal(type.ToName(), refusal.ErrorOf(ErrorTable.Http[refusal.Case]!).ResponseType);
    }
}
