using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Models that refer to each other, and models that are wrong.</summary>
public sealed class ModelTests
{
    private const string Models = "https://apigateway.amazonaws.com/restapis/abcde12345/models/";

    [Theory]
    [InlineData("""{"name":"a"}""", true)]
    [InlineData("""{"name":"a","children":[{"name":"b","children":[]},{"name":"c","children":[{"name":"d"}]}]}""", true)]
    [InlineData("""{"name":"a","children":[{"name":"b","children":[{}]}]}""", false)]
    [InlineData("""{"name":"a","children":{}}""", false)]
    [InlineData("""{}""", false)]
    public async Task Circle_OfTwoModels_IsFollowed(string body, bool isValid)
    {
        await using var host = await ValidatedApi.StartAsync(static api => api
            .Model("Node", "{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":{\"type\":\"string\"},\"children\":{\"$ref\":\"" + Models + "Nodes\"}}}")
            .Model("Nodes", "{\"type\":\"array\",\"items\":{\"$ref\":\"" + Models + "Node\"}}")
            .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Node")));

        using var response = await host.PostAsync("/dev/x", body);

        Assert.Equal(isValid ? 200 : 400, (int)response.StatusCode);
    }

    [Fact]
    public async Task EmptyRequired_StopsTheHost()
    {
        var failure = await Assert.ThrowsAsync<DefinitionException>(() => ValidatedApi.StartAsync(static api => api
            .Model("Order", """{"required":[]}""")
            .Map("POST /x", static method => method.Mock().ValidateBy(ValidatedApi.BodyOnly).Body("Order"))));

        Assert.Contains("Apis:api:Models:Order:Schema Invalid model specified: Validation Result: warnings : [], errors : [", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpressionThatCannotBeUsed_OfADefinitionForTheService_500()
    {
        await using var host = await ValidatedApi.StartAsync(static api =>
        {
            api.Definition.Profile = DefinitionProfile.Exact;
            api.Model("Order", """{"properties":{"a":{"pattern":"("}}}""")
                .Map("POST /x", static method => method.InProcess("ok").ValidateBy(ValidatedApi.BodyOnly).Body("Order"));
        });

        using var response = await host.PostAsync("/dev/x", "{}");

        await Refusal.AssertServerErrorAsync(response);
    }
}
