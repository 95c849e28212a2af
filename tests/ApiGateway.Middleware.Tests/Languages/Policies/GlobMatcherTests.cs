using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Languages.Policies.Matching;

namespace ApiGateway.Middleware.Tests.Languages.Policies;

public sealed class GlobMatcherTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("****", "abc", true)]
    [InlineData("?", "", false)]
    [InlineData("?", "a", true)]
    [InlineData("??", "a", false)]
    [InlineData("a*", "a", true)]
    [InlineData("*a", "ba", true)]
    [InlineData("a*b*c", "axxbyyc", true)]
    [InlineData("a*b*c", "axxcyyb", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("ab*ba", "abba", true)]
    [InlineData("*ab", "aab", true)]
    [InlineData("*?ab", "ab", false)]
    [InlineData("*?ab", "xab", true)]
    [InlineData("a?*", "a", false)]
    [InlineData("a*?", "ab", true)]
    [InlineData("*aab*aab", "aaabaaab", true)]
    [InlineData("*\n*", "a\nb", true)]
    public void IsMatch_Pattern_Matches(string pattern, string text, bool matches)
    {
        Assert.Equal(matches, TextPattern.Compile(pattern, PatternSyntax.Wildcards).IsMatch(text, PolicyKeySource.Empty));
        Assert.Equal(
            matches, TextPattern.Compile(pattern, PatternSyntax.Wildcards | PatternSyntax.IgnoreCase).IsMatch(text.ToUpperInvariant(), PolicyKeySource.Empty));
    }
}
