using ApiGateway.Middleware.Languages.Schemas;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class ValidationModelsTests
{
    private static readonly ValidationModel Json = Model();
    private static readonly ValidationModel Vendor = Model();
    private static readonly ValidationModel Range = Model();
    private static readonly ValidationModel Other = Model();

    private static readonly ValidationModels All = new(
        [new("application/json", Json), new("application/vnd.a+json", Vendor), new("text/xml", null)],
        [new("application/*+json", Range)],
        Other);

    [Theory]
    [InlineData("application/json", "json")]
    [InlineData("Application/JSON", "json")]
    [InlineData("application/json; charset=utf-8", "json")]
    [InlineData(" application/json ;charset=utf-8", "json")]
    [InlineData("", "json")]
    [InlineData("  ", "json")]
    [InlineData("; charset=utf-8", "json")]
    [InlineData("application/vnd.a+json", "vendor")]
    [InlineData("application/vnd.b+json", "range")]
    [InlineData("application/+json", "other")]
    [InlineData("application/json,text/plain", "other")]
    [InlineData("text/xml", null)]
    [InlineData("text/xml; charset=utf-8", null)]
    [InlineData("text/plain", "other")]
    public void For_ContentType_GivesTheModelOfItsMediaType(string contentType, string? expected)
    {
        var model = All.For(contentType);

        var name = model == Json ? "json" : model == Vendor ? "vendor" : model == Range ? "range" : model == Other ? "other" : null;
        Assert.Equal(expected, name);
    }

    [Fact]
    public void For_NoDefault_UnknownTypesAreNotValidated()
    {
        var models = new ValidationModels([new("application/json", Json)], [], null);

        Assert.Null(models.For("text/plain"));
        Assert.Same(Json, models.For(""));
    }

    [Theory]
    [InlineData("""{"type":"object"}""", true)]
    [InlineData("""{"required":["a"]}""", false)]
    [InlineData("""{"type":"array"}""", false)]
    public void AllowsNoBody_Schema_IsWhetherAnEmptyObjectMatches(string schema, bool allows) => Assert.Equal(allows, Model(schema).AllowsNoBody);

    [Fact]
    public void AllowsNoBody_SchemaThatCannotBeUsed_IsFalse() => Assert.False(new ValidationModel(null).AllowsNoBody);

    private static ValidationModel Model(string schema = "{}") => new(
        JsonSchema.Compile(System.Text.Encoding.UTF8.GetBytes(schema), new SchemaRegistry(), SchemaOptions.Default, out _));
}
