using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

// What the public suite does not ask.
public class EcmaRegexTests
{
    [Theory]
    [InlineData("^.$", "😀", true)]
    [InlineData("^..$", "😀", false)]
    [InlineData("^.+$", "a\u2028", false)]
    [InlineData("^[^a]$", "😀", true)]
    [InlineData("^[😀-😂]+$", "😁😂", true)]
    [InlineData("^[😀-😂]$", "😃", false)]
    [InlineData("^[^😀-😂]$", "😁", false)]
    [InlineData("^[^😀-😂]$", "😃", true)]
    [InlineData("^\\u{1F600}$", "😀", true)]
    [InlineData("^\\uD83D\\uDE00?$", "", true)]
    [InlineData("^(?:\\uD83D\\uDE00)?$", "", true)]
    [InlineData("[]", "a", false)]
    [InlineData("^[^]$", "\n", true)]
    [InlineData("^[[]$", "[", true)]
    [InlineData("^[a-z-[aeiou]+$", "a[-", true)]
    [InlineData("^[\\w-]+$", "a-b_1", true)]
    [InlineData("^[\\W]$", "é", true)]
    [InlineData("^[\\b]$", "\b", true)]
    [InlineData("\\bé", "aé", true)]
    [InlineData("^\\a$", "a", true)]
    [InlineData("^\\x41\\/\\-$", "A/-", true)]
    [InlineData("^(?<x>a|b)\\k<x>$", "bb", true)]
    [InlineData("^(a)\\1$", "aa", true)]
    [InlineData("^a(?!b)", "ab", false)]
    [InlineData("(?<=a)b", "ab", true)]
    [InlineData("^\\p{Lu}\\P{Lu}$", "Aa", true)]
    [InlineData("^[\\p{Script_Extensions}]$", "Aa", null)]
    [InlineData("^a{2,3}$", "aaaa", false)]
    [InlineData("^[\\s]$", "\ufeff", true)]
    [InlineData("a # b", "a # b", true)]
    public void IsMatch_Expression_MeansWhatEcmaSays(string pattern, string text, bool? expected)
    {
        var compiled = SchemaPattern.Compile(pattern, TimeSpan.FromSeconds(1), out _);

        Assert.Equal(expected, compiled is null ? null : compiled.Match(text) == PatternResult.Match);
    }
}
