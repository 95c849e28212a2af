using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Tests.Languages.Expressions;

public class JavaRegexTests
{
    [Theory]
    [InlineData(@"\d+", "12", true)]
    [InlineData(@"\d+", "١٢", false)] // Java's \d is ASCII
    [InlineData(@"\w+", "é", false)]
    [InlineData(@"[\d\s]+", "1 2", true)]
    [InlineData(@"[^\d]+", "ab", true)]
    [InlineData(@"4\d{2}", "404", true)]
    [InlineData(@"4\d{2}", "4040", false)]
    [InlineData(@".*four hundred.*", "a four hundred b", true)]
    [InlineData(".+", "a\nb", false)]
    [InlineData("(?s).+", "a\nb", true)]
    [InlineData(".", "\r", false)]
    [InlineData(@"\Qa.b\E", "a.b", true)]
    [InlineData(@"\Qa.b\E", "axb", false)]
    [InlineData(@"\Qa.b", "a.b", true)]
    [InlineData(@"\p{Alpha}+", "abC", true)]
    [InlineData(@"\p{Punct}+", "!-[`~", true)]
    [InlineData(@"[\p{Upper}\d]+", "A1", true)]
    [InlineData(@"\P{Digit}", "x", true)]
    [InlineData(@"\p{L}+", "é", true)]
    [InlineData("a++b", "aab", true)]
    [InlineData(@"a\++", "a++", true)]
    [InlineData("a{2}+", "aa", true)]
    [InlineData("(a)(?=b)b", "ab", true)]
    [InlineData(@"(a)\1", "aa", true)]
    [InlineData("(?i)ABC", "abc", true)]
    [InlineData(@"\h\R", " \r\n", true)]
    [InlineData("", "", true)]
    [InlineData("a|b", "b", true)]
    [InlineData("a|bc", "bcx", false)]
    public void TryCompile_JavaPattern_MatchesAsInJava(string pattern, string text, bool expected)
    {
        Assert.True(JavaRegex.TryCompile(pattern, whole: true, ignoreCase: false, out var regex));
        Assert.Equal(expected, regex.IsMatch(text));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("*")]
    [InlineData(@"\p{Nope}")]
    [InlineData("a{2,1}")]
    public void TryCompile_MalformedPattern_IsRefused(string pattern)
    {
        Assert.False(JavaRegex.TryCompile(pattern, whole: false, ignoreCase: false, out _));
    }

    [Fact]
    public void TryCompile_LongPattern_IsRefused()
    {
        Assert.False(JavaRegex.TryCompile(new string('a', JavaRegex.MaxLength + 1), whole: false, ignoreCase: false, out _));
    }

    [Theory]
    [InlineData("(a+)+b")]
    [InlineData("(a|aa)+b")]
    [InlineData("(.*)*b")]
    public void IsMatch_PatternThatBacktracksForever_EndsSoon(string pattern)
    {
        Assert.True(JavaRegex.TryCompile(pattern, whole: false, ignoreCase: false, out var regex));

        Assert.DoesNotMatch(regex, new string('a', 5000));
    }
}
