using System.Text;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

public sealed class GatewayRefusalTests
{
    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { nameof(GatewayRefusal.BadRequest), 400, "BadRequestException", "{\"message\":\"Bad Request\"}" },
        { nameof(GatewayRefusal.RequestTooLarge), 413, "RequestEntityTooLargeException", "{\"message\":\"Request Too Long\"}" },
        { nameof(GatewayRefusal.Forbidden), 403, "ForbiddenException", "{\"message\":\"Forbidden\"}" },
        {
            nameof(GatewayRefusal.MissingAuthenticationToken), 403, "MissingAuthenticationTokenException",
            "{\"message\":\"Missing Authentication Token\"}"
        },
        { nameof(GatewayRefusal.InternalServerError), 500, "InternalServerErrorException", "{\"message\": \"Internal server error\"}" },
        { nameof(GatewayRefusal.ConfigurationError), 500, "InternalServerErrorException", "{\"message\": \"Internal server error\"}" },
        {
            nameof(GatewayRefusal.NetworkError), 500, "InternalServerErrorException",
            "{\"message\": \"Network error communicating with endpoint\"}"
        },
        { nameof(GatewayRefusal.IntegrationTimeout), 504, "InternalServerErrorException", "{\"message\": \"Endpoint request timed out\"}" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void DefaultBody_Always_IsThatOfTheService(string name, int status, string errorType, string body)
    {
        var refusal = (GatewayRefusal)typeof(GatewayRefusal).GetField(name)!.GetValue(null)!;

        Assert.Equal(status, refusal.StatusCode);
        Assert.Equal(errorType, refusal.ErrorType);
        Assert.Equal(body, Encoding.UTF8.GetString(refusal.DefaultBody.Span));
    }

    [Fact]
    public void MissingParameters_Names_AreToldAndEscaped()
    {
        var refusal = GatewayRefusal.MissingParameters("a, b\"c");

        Assert.Equal(400, refusal.StatusCode);
        Assert.Equal("BadRequestException", refusal.ErrorType);
        Assert.Equal("""{"message": "Missing required request parameters: [a, b\"c]"}""", Encoding.UTF8.GetString(refusal.DefaultBody.Span));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[reason]")]
    public void InvalidBody_Reasons_StayOutOfTheDefaultBody(string? reasons)
    {
        var refusal = GatewayRefusal.InvalidBody(reasons);

        Assert.Equal(400, refusal.StatusCode);
        Assert.Equal("BadRequestException", refusal.ErrorType);
        Assert.Equal("""{"message": "Invalid request body"}""", Encoding.UTF8.GetString(refusal.DefaultBody.Span));
    }
}
