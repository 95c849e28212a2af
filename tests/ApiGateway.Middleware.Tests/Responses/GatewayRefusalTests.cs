using System.Reflection;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

public sealed class GatewayRefusalTests
{
    [Theory]
    [MemberData(nameof(RefusalTable.Names), MemberType = typeof(RefusalTable))]
    public void Refusal_Each_IsThatOfTheService(string name)
    {
        var row = RefusalTable.Rows.Single(row => row.Name == name);

        Assert.Equal(row.Type, row.Refusal.Type);
        Assert.Equal(row.Status, row.Refusal.StatusCode);
        Assert.Equal(row.ErrorType, row.Refusal.ErrorType);
        Assert.Equal(row.Body, Encoding.UTF8.GetString(row.Refusal.DefaultBody));
    }

    [Fact]
    public void Table_Always_HasEveryTypeAndEveryField()
    {
        Assert.Equal(Enum.GetValues<GatewayResponseType>(), RefusalTable.Rows.Select(static row => row.Type).Distinct().Order());
        foreach (var field in typeof(GatewayRefusal).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Assert.Contains(RefusalTable.Rows, row => row.Refusal == field.GetValue(null));
        }
    }

    [Fact]
    public void IsCustomizable_AllButTwoAndThoseOfConnections_IsTrue() => Assert.Equal(
        [
            "request too large", "forbidden", "upgrade required", "draining", "connection gone", "message too large", "connection limited",
            "connection unreachable", "connection id", "connect failed",
        ],
        RefusalTable.Rows.Where(static row => !row.Refusal.IsCustomizable).Select(static row => row.Name));

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a \"b\" \\ \r\n \u0007", """
        "a \"b\" \\ \r\n \u0007"
        """)]
    [InlineData("<é> & #", "\"<é> & #\"")]
    public void Error_AnyMessage_IsQuotedAsJson(string message, string quoted)
    {
        var refusal = GatewayRefusal.InvalidSignature(message);

        Assert.Equal("INVALID_SIGNATURE", refusal.Error.ResponseType);
        Assert.Equal(message, refusal.Error.Message);
        Assert.Equal(quoted, refusal.Error.MessageString);
        Assert.Equal($"{{\"message\":{quoted}}}", Encoding.UTF8.GetString(refusal.DefaultBody));
    }

    [Fact]
    public void Error_HalfACharacter_IsReplaced() =>
        Assert.Equal("a\uFFFD", JsonDocument.Parse(GatewayRefusal.AccessDenied("a" + (char)0xD800).Error.MessageString).RootElement.GetString());

    [Fact]
    public void Error_WithoutMessage_IsNullWithoutQuotes()
    {
        Assert.Null(GatewayRefusal.AuthorizerFailure.Error.Message);
        Assert.Equal("null", GatewayRefusal.AuthorizerFailure.Error.MessageString);
    }

    [Fact]
    public void Error_OfValidation_HasItsText()
    {
        Assert.Equal("[a, b]", GatewayRefusal.MissingParameters("a, b").Error.ValidationErrorString);
        Assert.Equal("[too long]", GatewayRefusal.InvalidBody("[too long]").Error.ValidationErrorString);
        Assert.Null(GatewayRefusal.InvalidBody(null).Error.ValidationErrorString);
        Assert.Null(GatewayRefusal.Throttled.Error.ValidationErrorString);
        Assert.Same(GatewayRefusal.InvalidBody(null), GatewayRefusal.InvalidBody(null));
    }

    [Fact]
    public void MissingParameters_Names_AreToldAndEscaped()
    {
        var refusal = GatewayRefusal.MissingParameters("a, b\"c");

        Assert.Equal(400, refusal.StatusCode);
        Assert.Equal("BadRequestException", refusal.ErrorType);
        Assert.Equal("""{"message": "Missing required request parameters: [a, b\"c]"}""", Encoding.UTF8.GetString(refusal.DefaultBody));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[reason]")]
    public void InvalidBody_Reasons_StayOutOfTheDefaultBody(string? reasons)
    {
        var refusal = GatewayRefusal.InvalidBody(reasons);

        Assert.Equal(400, refusal.StatusCode);
        Assert.Equal("BadRequestException", refusal.ErrorType);
        Assert.Equal("""{"message": "Invalid request body"}""", Encoding.UTF8.GetString(refusal.DefaultBody));
    }
}
