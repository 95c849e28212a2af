using System.Text;
using ApiGateway.Middleware.Integrations.Aws;

namespace ApiGateway.Middleware.Tests.Integrations.Aws;

public sealed class FunctionErrorMessageTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("\"errorMessage\"", "")]
    [InlineData("[{\"errorMessage\":\"x\"}]", "")]
    [InlineData("{}", "")]
    [InlineData("{\"a\":{\"errorMessage\":\"x\"}}", "")]
    [InlineData("{\"errorMessage\":\"x\"}", "x")]
    [InlineData("{\"a\":[1,{}],\"errorMessage\":\"x\\n\\u00e4\",\"b\":1}", "x\nä")]
    [InlineData("{\"error\\u004dessage\":\"x\"}", "x")]
    [InlineData("{\"errorMessage\":\"x\",\"errorMessage\":\"y\"}", "y")]
    [InlineData("{\"errorMessage\":null}", "")]
    [InlineData("{\"errorMessage\":404}", "404")]
    [InlineData("{\"errorMessage\":{\"a\": [1]}}", "{\"a\": [1]}")]
    [InlineData("{\"errorMessage\":\"\\ud800\"}", "")]
    [InlineData("{\"errorMessage\":\"x\"", "")]
    [InlineData("{errorMessage:1}", "")]
    public void Of_Result_GivesTheMessageOrNothing(string result, string message) =>
        Assert.Equal(message, FunctionErrorMessage.Of(Encoding.UTF8.GetBytes(result)));

    [Fact]
    public void Of_DeepResult_GivesNothing() =>
        Assert.Equal("", FunctionErrorMessage.Of(Encoding.UTF8.GetBytes($$"""{"a":{{new string('[', 100_000)}}""")));
}
