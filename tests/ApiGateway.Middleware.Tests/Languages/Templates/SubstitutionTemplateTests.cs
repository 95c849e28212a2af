using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class SubstitutionTemplateTests
{
    [Theory]
    [InlineData("""{"message":$context.error.messageString}""", """{"message":"no"}""")]
    [InlineData("$context.error.messageString.", "\"no\".")]
    [InlineData("${context.requestId}x", "req-1x")]
    [InlineData("$stageVariables.url/x", "example.com/x")]
    [InlineData("${stageVariables.url}", "example.com")]
    [InlineData("method.request.header.Accept", "text/html")]
    [InlineData("$method.request.header.Accept", "text/html")]
    [InlineData("\"$method.request.path.id\"", "\"42\"")]
    [InlineData("method.request.querystring.q,", "a b,")]
    [InlineData("[$context.nope]", "[]")]
    [InlineData("[$stageVariables.nope]", "[]")]
    [InlineData("[method.request.header.nope]", "[]")]
    [InlineData("#if($context.requestId)x#end", "#if(req-1)x#end")]
    [InlineData("#set($x = 1)$x", "#set($x = 1)$x")]
    [InlineData("$input.body $util.urlEncode('a')", "$input.body $util.urlEncode('a')")]
    [InlineData("$context", "$context")]
    [InlineData("$context.", "$context.")]
    [InlineData("${context.requestId", "${context.requestId")]
    [InlineData("mymethod.request.path.id", "mymethod.request.path.id")]
    [InlineData("context.requestId", "context.requestId")]
    [InlineData("$$context.requestId", "$req-1")]
    [InlineData("method message m$", "method message m$")]
    [InlineData("", "")]
    [InlineData("é 漢", "é 漢")]
    public void Write_EachVariable_IsReplaced(string template, string expected)
    {
        using var output = new PooledBufferWriter();

        SubstitutionTemplate.Parse(template).Write(new TestSource(), output);

        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private sealed class TestSource : SubstitutionSource
    {
        public override string? Find(SubstitutionKind kind, string name) => (kind, name) switch
        {
            (SubstitutionKind.Context, "error.messageString") => "\"no\"",
            (SubstitutionKind.Context, "requestId") => "req-1",
            (SubstitutionKind.StageVariable, "url") => "example.com",
            (SubstitutionKind.Header, "Accept") => "text/html",
            (SubstitutionKind.Path, "id") => "42",
            (SubstitutionKind.QueryString, "q") => "a b",
            _ => null,
        };
    }
}
