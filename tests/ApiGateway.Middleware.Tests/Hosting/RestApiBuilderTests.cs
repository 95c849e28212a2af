using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.Tests.Hosting;

public sealed class RestApiBuilderTests
{
    [Fact]
    public void PartsOfAnApi_AreWritten()
    {
        var api = new RestApiBuilder("shop")
            .Model("Order", "{}", static model => model.ContentType = "application/xml")
            .RequestValidator("body", body: true, parameters: false)
            .GatewayResponse(GatewayResponseType.Throttled, static response => response.StatusCode = 430)
            .Cors("https://a", "https://b")
            .Cors(static cors => cors.MaxAge = 60)
            .Authorizer("token", static authorizer => authorizer.AuthorizerUri = "arn:u")
            .Definition;

        Assert.Equal(("{}", "application/xml"), (api.Models["Order"].Schema, api.Models["Order"].ContentType));
        Assert.Equal((true, false), (api.RequestValidators["body"].ValidateRequestBody, api.RequestValidators["body"].ValidateRequestParameters));
        Assert.Equal(430, api.GatewayResponses[GatewayResponseType.Throttled].StatusCode);
        Assert.Equal(["https://a", "https://b"], api.Cors!.AllowOrigins);
        Assert.Equal(60, api.Cors.MaxAge);
        Assert.Equal("arn:u", api.Authorizers["token"].AuthorizerUri);
    }

    [Fact]
    public void PartsOfAMethod_AreWritten()
    {
        var method = new RestApiBuilder("shop").Map("POST /orders", static method => method
            .Parameter("method.request.header.X", isRequired: true)
            .Validate("body", model: "Order")
            .Response(201, static response => response.ResponseParameters["method.response.header.Location"] = false)
            .Mock(201)).Definition.Methods[0];

        Assert.True(method.RequestParameters["method.request.header.X"]);
        Assert.Equal(("body", "Order"), (method.RequestValidatorId, method.RequestModels["application/json"]));
        Assert.Contains("method.response.header.Location", method.MethodResponses["201"].ResponseParameters);
    }
}
