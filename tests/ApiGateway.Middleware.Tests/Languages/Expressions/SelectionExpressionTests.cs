using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Tests.Languages.Expressions;

public sealed class SelectionExpressionTests
{
    private const string Body = """{"service":"chat","action":"join","data":{"room":"r1"}}""";

    [Theory]
    [InlineData("$request.body.action", "join")]
    [InlineData("${request.body.action}", "join")]
    [InlineData("${request.body.service}/${request.body.action}", "chat/join")]
    [InlineData("${request.body.action}-${request.body.invalidPath}", "join-")]
    [InlineData("action", "action")]
    [InlineData("\\$default", "$default")]
    [InlineData("$request.body.nope", "")]
    [InlineData("$request.body.data.room", "r1")]
    [InlineData("$request.body.data", """{"room":"r1"}""")]
    [InlineData("$request.body", Body)]
    [InlineData("a\\$b", "a$b")]
    [InlineData("$request.body.action!", "join!")]
    [InlineData("", "")]
    public void Evaluate_OfTheGuide_GivesItsValue(string expression, string value) => Assert.Equal(value, Evaluate(expression, Body));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("-1.50e3", "-1.50e3")]
    [InlineData("true", "true")]
    [InlineData("null", "")]
    [InlineData("\"a\\n\\u00e9\\ud83d\\ude00\"", "a\né😀")]
    [InlineData("\"\\ud800\"", "\\ud800")]
    [InlineData("[]", "[]")]
    [InlineData("[ \"a\" , 1,null, [ true,\"b c\" ], { \"x\" : \" y \" } ]", """[a, 1, , [true, b c], {"x":" y "}]""")]
    [InlineData("{ \"a b\" : [ 1 , 2 ] , \"c\\\"\" : \"\\\\\" }", """{"a b":[1,2],"c\"":"\\"}""")]
    public void Evaluate_Value_BecomesText(string json, string text)
    {
        Assert.Equal(text, Evaluate("$request.body.a", $$"""{"b":[1,{"a":2}],"a": {{json}} }"""));
        Assert.Equal(text, Evaluate("$request.body.a[1].b", $$"""{"a":[0, {"b":{{json}} }]}"""));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "$request.body.a", "2")]
    [InlineData("""{"a":{"b":1},"a":3}""", "$request.body.a.b", "")]
    [InlineData("""{"\u0061":1}""", "$request.body.a", "1")]
    [InlineData("""[1,2]""", "$request.body[1]", "2")]
    [InlineData("""[1,2]""", "$request.body.a", "")]
    [InlineData("""{"a":[1]}""", "$request.body.a[1]", "")]
    [InlineData("\"text\"", "$request.body.a", "")]
    [InlineData("not JSON", "x${request.body.a}y", "xy")]
    public void Evaluate_Path_FindsTheLastOfAName(string body, string expression, string value) => Assert.Equal(value, Evaluate(expression, body));

    [Theory]
    [InlineData("$request.header.a")]
    [InlineData("$request.bodyx")]
    [InlineData("$request.body.")]
    [InlineData("$request.body..a")]
    [InlineData("$request.body.a[x]")]
    [InlineData("$request.body.a[1")]
    [InlineData("$context.routeKey")]
    [InlineData("$")]
    [InlineData("${}")]
    [InlineData("${request.body.a")]
    [InlineData("$default")]
    [InlineData("${integration.response.statuscode}")]
    public void TryParse_Wrong_TellsWhatIsKnown(string text)
    {
        Assert.False(SelectionExpression.TryParse(text, SelectionRoots.RequestBody, out _, out var error));
        Assert.Contains(text, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Answer_GivesStatusAndHeaders()
    {
        Assert.True(SelectionExpression.TryParse(
            "${integration.response.statuscode}|${integration.response.header.A}|${integration.response.multivalueheader.A}|${integration.response.header.B}",
            SelectionRoots.RequestBody | SelectionRoots.IntegrationResponse, out var expression, out _));
        var text = new TextBuilder(stackalloc char[8]);

        expression.Evaluate(default, new Answer(), ref text);

        Assert.Equal("404|2|1,2|", text.Text.ToString());
        text.Dispose();
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData(" [1, 2.5e-3, \"\\u0000\", true, false, null] \r\n\t", true)]
    [InlineData("\"a\"", true)]
    [InlineData("-0", true)]
    [InlineData("{\"a\":1,\"a\":2}", true)]
    [InlineData("", false)]
    [InlineData(" ", false)]
    [InlineData("hello", false)]
    [InlineData("{", false)]
    [InlineData("[1,]", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{a:1}", false)]
    [InlineData("01", false)]
    [InlineData("1 2", false)]
    [InlineData("'a'", false)]
    [InlineData("// a\n1", false)]
    [InlineData("\"\u0001\"", false)]
    [InlineData("\uFEFF{}", false)]
    [InlineData("nul", false)]
    public void IsJson_ByTheLetter(string text, bool isJson)
    {
        Assert.Equal(isJson, MessageJson.IsJson(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(isJson, TryEvaluate("$request.body.a", text));
        Assert.Equal(isJson, TryEvaluate("static", text));
    }

    [Fact]
    public void IsJson_Deep_IsBounded()
    {
        Assert.True(MessageJson.IsJson(Encoding.UTF8.GetBytes(new string('[', 512) + new string(']', 512))));
        Assert.False(MessageJson.IsJson(Encoding.UTF8.GetBytes(new string('[', 513) + new string(']', 513))));
        Assert.Equal(new string('[', 511) + new string(']', 511), Evaluate("$request.body[0]", new string('[', 512) + new string(']', 512)));
    }

    [Fact]
    public void TryEvaluate_AnyBytes_AgreesWithTheParserOfThePlatform()
    {
        var random = new Random(20260101);
        string[] pieces = ["{", "}", "[", "]", ",", ":", "\"a\"", "\"b\\n\"", "1", "-2.5e1", "true", "null", " ", "\n", "x", "\"", "\\", "\u00e9", "0", "//"];
        var count = 0;
        Span<char> initial = stackalloc char[4];
        for (var round = 0; round < 200_000; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(12); i >= 0; i--)
            {
                text.Append(pieces[random.Next(pieces.Length)]);
            }

            var body = Encoding.UTF8.GetBytes(text.ToString());
            if (random.Next(10) == 0 && body.Length > 0)
            {
                body[random.Next(body.Length)] = (byte)random.Next(128);
            }

            var isJson = IsJsonOfThePlatform(body);
            count += isJson ? 1 : 0;
            var value = new TextBuilder(initial);
            Assert.True(SelectionExpression.TryParse("$request.body.a", SelectionRoots.RequestBody, out var expression, out _));
            Assert.Equal(isJson, expression.TryEvaluate(body, ref value));
            value.Dispose();
        }

        Assert.InRange(count, 1_000, 100_000);
    }

    [Fact]
    public void TryParse_AnyText_NeverThrows()
    {
        var random = new Random(20260102);
        string[] pieces = ["$", "{", "}", "request.body", "integration.response.", "statuscode", "header.", ".a", "[1]", "[", "]", "\\", ".", "x", "-", " ", "\u00e9"];
        var parsed = 0;
        Span<char> initial = stackalloc char[4];
        for (var round = 0; round < 100_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (SelectionExpression.TryParse(text, SelectionRoots.RequestBody | SelectionRoots.IntegrationResponse, out var expression, out var error))
            {
                parsed++;
                var value = new TextBuilder(initial);
                expression.Evaluate("""{"a":[1]}"""u8, new Answer(), ref value);
                Assert.True(expression.Constant is null || value.Text.SequenceEqual(expression.Constant));
                value.Dispose();
            }
            else
            {
                Assert.NotEmpty(error);
            }
        }

        Assert.InRange(parsed, 10_000, 90_000);
    }

    private static bool IsJsonOfThePlatform(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Evaluate(string expression, string body)
    {
        Assert.True(SelectionExpression.TryParse(expression, SelectionRoots.RequestBody, out var parsed, out var error), error);
        var text = new TextBuilder(stackalloc char[2]);
        parsed.Evaluate(Encoding.UTF8.GetBytes(body), null, ref text);
        var value = text.Text.ToString();
        text.Dispose();
        return value;
    }

    private static bool TryEvaluate(string expression, string body)
    {
        Assert.True(SelectionExpression.TryParse(expression, SelectionRoots.RequestBody, out var parsed, out _));
        var text = new TextBuilder(stackalloc char[2]);
        var isJson = parsed.TryEvaluate(Encoding.UTF8.GetBytes(body), ref text);
        text.Dispose();
        return isJson;
    }

    private sealed class Answer : ISelectionSource
    {
        public int StatusCode => 404;

        public string? Header(string name) => name == "A" ? "2" : null;

        public string? Headers(string name) => name == "A" ? "1,2" : null;
    }
}
