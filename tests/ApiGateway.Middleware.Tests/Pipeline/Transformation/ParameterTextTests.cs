using ApiGateway.Middleware.Pipeline.Transformation;

namespace ApiGateway.Middleware.Tests.Pipeline.Transformation;

public sealed class ParameterTextTests
{
    [Theory]
    [InlineData("aZ09-._~", "aZ09-._~")]
    [InlineData("a b/c?d&e=f#g%h+i", "a%20b%2Fc%3Fd%26e%3Df%23g%25h%2Bi")]
    [InlineData("\u00e4\U0001F600\r\n", "%C3%A4%F0%9F%98%80%0D%0A")]
    public void Encoded_Value_KeepsLettersAndDigitsOnly(string value, string expected) => Assert.Equal(expected, ParameterText.Encoded(value));

    [Fact]
    public void Encoded_HalfASurrogate_BecomesTheReplacementCharacter() => Assert.Equal("%EF%BF%BD", ParameterText.Encoded("\ud800"));

    [Theory]
    [InlineData("a%20b&c=/?", "a%20b&c=/?")]
    [InlineData("a b#{}|\"\\", "a%20b%23%7B%7D%7C%22%5C")]
    public void ForQuery_WrittenValue_KeepsWhatAQueryMayHold(string value, string expected) => Assert.Equal(expected, ParameterText.ForQuery(value));

    [Theory]
    [InlineData("a%2Fb/c;d=e@f:g", "a%2Fb/c;d=e@f:g")]
    [InlineData("a?b#c\\d e", "a%3Fb%23c%5Cd%20e")]
    public void ForPath_WrittenValue_KeepsWhatAPathMayHold(string value, string expected) => Assert.Equal(expected, ParameterText.ForPath(value));
}
