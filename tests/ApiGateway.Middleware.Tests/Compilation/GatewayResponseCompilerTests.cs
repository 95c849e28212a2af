using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class GatewayResponseCompilerTests
{
    private static readonly GatewayResponseType[] ServerErrors =
    [
        GatewayResponseType.Default5xx, GatewayResponseType.ApiConfigurationError, GatewayResponseType.AuthorizerConfigurationError,
        GatewayResponseType.AuthorizerFailure, GatewayResponseType.IntegrationFailure, GatewayResponseType.IntegrationTimeout,
    ];

    [Fact]
    public void Compile_NothingCustomized_IsNull() => Assert.Null(Compiled.Stage(Compiled.Mocks("api", "GET /a")).Api.GatewayResponses);

    [Fact]
    public void Compile_Default5xx_IsTakenByEveryServerErrorAlone()
    {
        var plans = Plans(Response(GatewayResponseType.Default5xx, 599));

        foreach (var type in Enum.GetValues<GatewayResponseType>())
        {
            Assert.Equal((type, ServerErrors.Contains(type) ? 599 : (int?)null), (type, plans[(int)type]?.StatusCode));
        }
    }

    [Fact]
    public void Compile_Default4xx_IsTakenByEveryClientErrorThatCanBeCustomized()
    {
        var plans = Plans(Response(GatewayResponseType.Default4xx, 499));

        foreach (var type in Enum.GetValues<GatewayResponseType>())
        {
            var takes = !ServerErrors.Contains(type) && type != GatewayResponseType.RequestTooLarge;
            Assert.Equal((type, takes ? 499 : (int?)null), (type, plans[(int)type]?.StatusCode));
        }
    }

    [Fact]
    public void Compile_OwnAndDefault_TakesNothingOfTheDefault()
    {
        var all = Response(GatewayResponseType.Default4xx, 499);
        all.ResponseParameters["gatewayresponse.header.X-All"] = "'all'";
        all.ResponseTemplates["text/plain"] = "all";
        var own = Response(GatewayResponseType.Throttled);
        own.ResponseParameters["gatewayresponse.header.X-Own"] = "'own'";

        var plan = Plans(all, own)[(int)GatewayResponseType.Throttled]!;

        Assert.Null(plan.StatusCode);
        Assert.Equal("X-Own", Assert.Single(plan.Headers).Name);
        Assert.Equal("application/json", Assert.Single(plan.Bodies).ContentType);
    }

    [Fact]
    public void Compile_IntegrationFailureWithoutStatus_TakesThatOfTheTable()
    {
        Assert.Equal(504, Plans(Response(GatewayResponseType.IntegrationFailure))[(int)GatewayResponseType.IntegrationFailure]!.StatusCode);
        Assert.Equal(500, Plans(Response(GatewayResponseType.IntegrationFailure, 500))[(int)GatewayResponseType.IntegrationFailure]!.StatusCode);
        Assert.Null(Plans(Response(GatewayResponseType.Default5xx))[(int)GatewayResponseType.IntegrationFailure]!.StatusCode);
        Assert.Null(Plans(Response(GatewayResponseType.IntegrationTimeout))[(int)GatewayResponseType.IntegrationTimeout]!.StatusCode);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(599, true)]
    [InlineData(199, false)]
    [InlineData(600, false)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    public void Compile_Status_IsFrom200To599(int status, bool isLegal) =>
        Check(isLegal, "StatusCode", "must be from 200 to 599", Response(GatewayResponseType.Throttled, status));

    [Theory]
    [InlineData("'text'", true)]
    [InlineData("''", true)]
    [InlineData("method.request.header.Origin", true)]
    [InlineData("method.request.querystring.q", true)]
    [InlineData("method.request.path.id", true)]
    [InlineData("context.error.responseType", true)]
    [InlineData("stageVariables.v", true)]
    [InlineData("method.request.body", false)]
    [InlineData("method.request.body.a", false)]
    [InlineData("method.request.multivalueheader.Origin", false)]
    [InlineData("method.request.cookie.a", false)]
    [InlineData("integration.response.header.X", false)]
    [InlineData("text", false)]
    [InlineData("'", false)]
    [InlineData("", false)]
    public void Compile_Expression_IsOneOfTheGuide(string expression, bool isLegal)
    {
        var response = Response(GatewayResponseType.Throttled);
        response.ResponseParameters["gatewayresponse.header.X"] = expression;

        Check(isLegal, "ResponseParameters:gatewayresponse.header.X", "must be a text in single quotes", response);
    }

    [Theory]
    [InlineData("gatewayresponse.header.X-A", true)]
    [InlineData("gatewayresponse.header.Content-Type", true)]
    [InlineData("gatewayresponse.header.x-amzn-ErrorType", true)]
    [InlineData("gatewayresponse.header.", false)]
    [InlineData("gatewayresponse.header.X A", false)]
    [InlineData("gatewayresponse.header.X\r\nY", false)]
    [InlineData("gatewayresponse.header.X:", false)]
    [InlineData("gatewayresponse.querystring.X", false)]
    [InlineData("method.response.header.X", false)]
    [InlineData("X-A", false)]
    public void Compile_Key_NamesAHeader(string key, bool isLegal)
    {
        var response = Response(GatewayResponseType.Throttled);
        response.ResponseParameters[key] = "'x'";

        Check(isLegal, "ResponseParameters:" + key, "'gatewayresponse.header.Name'", response);
    }

    [Theory]
    [InlineData("Content-Length")]
    [InlineData("transfer-encoding")]
    [InlineData("Connection")]
    [InlineData("Upgrade")]
    public void Compile_HeaderOfTheConnection_IsRefused(string name)
    {
        var response = Response(GatewayResponseType.Throttled);
        response.ResponseParameters["gatewayresponse.header." + name] = "'x'";

        Check(false, "ResponseParameters:gatewayresponse.header." + name, "belongs to the server", response);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("json", false)]
    [InlineData("text/", false)]
    [InlineData("/html", false)]
    [InlineData("text/html\r\nX: y", false)]
    [InlineData("text/h\u00e9", false)]
    public void Compile_ContentType_IsAMediaType(string type, bool isLegal)
    {
        var response = Response(GatewayResponseType.Throttled);
        response.ResponseTemplates[type] = "x";

        Check(isLegal, "ResponseTemplates:" + type, "must be a content type", response);
    }

    [Fact]
    public void Compile_RequestTooLarge_CannotBeCustomized()
    {
        Check(false, "GatewayResponses:REQUEST_TOO_LARGE", "cannot be customized", Response(GatewayResponseType.RequestTooLarge, 400));

        var api = Api(DefinitionProfile.Exact, Response(GatewayResponseType.RequestTooLarge, 400));
        Assert.Null(Assert.Single(Compiled.Snapshot(api).Apis).GatewayResponses);
    }

    // Wrong is an error where it was written for this library, and a warning where Amazon API Gateway takes it.
    private static void Check(bool isLegal, string place, string message, GatewayResponseDefinition response)
    {
        var embedded = Compiled.Errors(Api(DefinitionProfile.Embedded, response));
        var exact = Compiled.Errors(Api(DefinitionProfile.Exact, response));

        Assert.Empty(embedded.Warnings);
        Assert.Empty(exact.Errors);
        if (isLegal)
        {
            Assert.Empty(embedded.Errors);
            Assert.Empty(exact.Warnings);
            return;
        }

        foreach (var found in (DefinitionError[])[Assert.Single(embedded.Errors), Assert.Single(exact.Warnings)])
        {
            Assert.EndsWith(place, found.Origin.Path, StringComparison.Ordinal);
            Assert.Contains(message, found.Message, StringComparison.Ordinal);
        }
    }

    private static GatewayResponsePlan?[] Plans(params GatewayResponseDefinition[] responses) =>
        Assert.Single(Compiled.Snapshot(Api(DefinitionProfile.Embedded, responses)).Apis).GatewayResponses!;

    private static RestApiDefinition Api(DefinitionProfile profile, params GatewayResponseDefinition[] responses)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Profile = profile;
        foreach (var response in responses)
        {
            api.GatewayResponses[response.ResponseType] = response;
        }

        return api;
    }

    private static GatewayResponseDefinition Response(GatewayResponseType type, int? status = null) => new(type) { StatusCode = status };
}
