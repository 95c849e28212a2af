using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class TemplateSyntaxTests
{
    [Theory]
    [InlineData("#if(true)a", 1, 1, "'#if' has no '#end'.")]
    [InlineData("a\n  #foreach($x in $y)b", 2, 3, "'#foreach' has no '#end'.")]
    [InlineData("a#end", 1, 6, "'#end' has no directive that it could belong to.")]
    [InlineData("#else", 1, 6, "'#else' has no directive that it could belong to.")]
    [InlineData("#foreach($x in $y)#else#end", 1, 24, "'#else' stands in a '#foreach'.")]
    [InlineData("#set($x 1)", 1, 9, "'=' is expected, but '1' is found.")]
    [InlineData("#set($x = )", 1, 11, "A value is expected, but ')' is found.")]
    [InlineData("#set($x = 1", 1, 12, "')' is missing at the end.")]
    [InlineData("#set(x = 1)", 1, 6, "'#set' needs a variable.")]
    [InlineData("#set($x = \"a)", 1, 11, "A text in quotes is not closed.")]
    [InlineData("#set($x = \"#if(true)\")", 1, 11, "'#if' has no '#end'.")]
    [InlineData("#if true", 1, 5, "'#if' needs parentheses.")]
    [InlineData("#if($a = 1)#end", 1, 8, "')' is expected, but '=' is found.")]
    [InlineData("#foreach($x on $y)#end", 1, 13, "'in' is expected after the variable of '#foreach'.")]
    [InlineData("#foreach($x.y in $y)#end", 1, 14, "'#foreach' needs a plain variable.")]
    [InlineData("#foreach", 1, 9, "'#foreach' needs parentheses.")]
    [InlineData("#macro()#end", 1, 8, "'#macro' has no name.")]
    [InlineData("${a", 1, 4, "'}' is missing at the end.")]
    [InlineData("${a b}", 1, 4, "'}' is expected, but ' ' is found.")]
    [InlineData("$a[", 1, 4, "A value is missing at the end.")]
    [InlineData("$a[0", 1, 5, "']' is missing at the end.")]
    [InlineData("$a.b(1,)", 1, 8, "A value is expected, but ')' is found.")]
    [InlineData("$a.b(1,2,3,4,5,6,7,8,9)", 1, 24, "'b' has more than 8 arguments.")]
    [InlineData("#* a", 1, 1, "A comment is not closed. '*#' is missing.")]
    [InlineData("#[[ a", 1, 1, "A block of raw text is not closed. ']]#' is missing.")]
    [InlineData("#set($x = -)", 1, 12, "'-' is no number.")]
    [InlineData("#set($x = {\"a\" 1})", 1, 16, "':' is expected, but '1' is found.")]
    [InlineData("#@wrap()body", 1, 1, "'#@wrap' has no '#end'.")]
    public void TryParse_WrongTemplate_SaysWhereAndWhy(string text, int line, int column, string message)
    {
        Assert.Equal(new TemplateSyntaxError(line, column, message), TestTemplate.Error(text));
    }

    [Fact]
    public void TryParse_TemplateOverTheLimit_IsRefused()
    {
        Assert.Null(TestTemplate.Error(new string('a', 300 * 1024)));
        Assert.NotNull(TestTemplate.Error(new string('a', (300 * 1024) + 1)));
        Assert.NotNull(TestTemplate.Error(new string('é', 160 * 1024)));
    }

    [Fact]
    public void TryParse_DeepTemplates_AreRefusedWithoutOverflow()
    {
        string[] deep =
        [
            Repeat("#if(true)", 30_000),
            Repeat("#foreach($i in $l)", 15_000),
            Repeat("#define($d)", 20_000),
            "#set($x = " + Repeat("(", 250_000),
            "#set($x = " + Repeat("[", 250_000),
            "#set($x = " + Repeat("{1:", 90_000),
            "#set($x = " + Repeat("!", 250_000) + "1)",
            "#set($x = 1" + Repeat("+1", 120_000) + ")",
            "#set($x = 1" + Repeat(" && 1", 50_000) + ")",
            Repeat("$a.b(", 60_000),
            Repeat("$a[", 100_000),
            Repeat("#@m()", 50_000),
        ];

        Assert.All(deep, static text => Assert.NotNull(TestTemplate.Error(text)));
    }

    [Fact]
    public void TryParse_LongChains_AreAccepted()
    {
        Assert.Null(TestTemplate.Error("$a" + Repeat(".b", 50_000)));
        Assert.Null(TestTemplate.Error("#if(false)" + Repeat("#elseif(false)", 10_000) + "#end"));
        Assert.Null(TestTemplate.Error(Repeat("#if(true)#end", 20_000)));
        Assert.Null(TestTemplate.Error(Repeat("#unknown(1 + )", 20_000)));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
