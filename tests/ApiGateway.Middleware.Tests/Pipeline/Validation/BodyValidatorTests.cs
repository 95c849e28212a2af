using System.Text;
using ApiGateway.Middleware.Languages.Schemas;
using ApiGateway.Middleware.Pipeline.Validation;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Validation;

public sealed class BodyValidatorTests
{
    private const string Mail = """{"type":"object","required":["to","subject","body"],"properties":{"to":{"type":"string"}}}""";

    [Theory]
    [InlineData("""{"to":"a","subject":"b","body":"c"}""", true)]
    [InlineData("""{"to":1,"subject":"b","body":"c"}""", false)]
    [InlineData("""{"to":"a"}""", false)]
    [InlineData("{}", false)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("to=a", false)]
    [InlineData("[]", false)]
    public void IsValid_Body_IsJudgedByTheModel(string body, bool isValid) =>
        Assert.Equal(isValid, BodyValidator.IsValid(Model(Mail), Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void IsValid_EmptyBody_CountsAsAnEmptyObject() => Assert.True(BodyValidator.IsValid(Model("""{"type":"object"}"""), []));

    [Theory]
    [InlineData("", """[object has missing required properties (["body","subject","to"])]""")]
    [InlineData("{}", """[object has missing required properties (["body","subject","to"])]""")]
    [InlineData("""{"to":1,"subject":"b"}""",
        """[object has missing required properties (["body"]), instance type (integer) does not match any allowed primitive type (allowed: ["string"])]""")]
    public void Explain_Body_ListsTheReasonsInBrackets(string body, string reasons) =>
        Assert.Equal(reasons, BodyValidator.Explain(Model(Mail), Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Explain_ManyReasons_StopsAtWholeOnes()
    {
        var body = $"[{string.Join(',', Enumerable.Repeat($"\"{new string('x', 900)}\"", 50))}]";

        var reasons = BodyValidator.Explain(Model("""{"items":{"maxLength":1}}"""), Encoding.UTF8.GetBytes(body));

        Assert.InRange(reasons.Length, 6 * 1024, 10 * 1024);
        Assert.StartsWith("[string \"xxx", reasons, StringComparison.Ordinal);
        Assert.EndsWith("is too long (length: 900, maximum allowed: 1)]", reasons, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_LongBody_IsNotReadAgain()
    {
        var body = Encoding.UTF8.GetBytes($"\"{new string('x', 300_000)}\"");

        Assert.Equal("[body does not match the model, and is too long to say why]", BodyValidator.Explain(Model("""{"maxLength":1}"""), body));
    }

    private static ValidationModel Model(string schema) => new(
        JsonSchema.Compile(Encoding.UTF8.GetBytes(schema), new SchemaRegistry(), SchemaOptions.Default, out _));
}
