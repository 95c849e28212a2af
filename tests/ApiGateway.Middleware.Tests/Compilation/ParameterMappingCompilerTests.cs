using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

/// <summary>Keys of parameter mappings of HTTP APIs: rules M-1, M-6, M-11 and M-12.</summary>
public sealed class ParameterMappingCompilerTests
{
    private static readonly DefinitionOrigin Origin = new("code", "Integration");

    [Theory]
    [InlineData("append:header.X-A", "Append", "Header", "X-A")]
    [InlineData("overwrite:header.host", "Overwrite", "Header", "host")]
    [InlineData("append:querystring.a.b", "Append", "Query", "a.b")]
    [InlineData("overwrite:querystring.a", "Overwrite", "Query", "a")]
    [InlineData("overwrite:path", "Overwrite", "Path", "")]
    public void Compile_KeyOfARequest_IsParsed(string key, string action, string target, string name)
    {
        var change = Assert.Single(Request((key, "x")).Request);

        Assert.Equal((action, target, name, "x"), (change.Action.ToString(), change.Target.ToString(), change.Name, change.Value?.Constant));
    }

    [Theory]
    [InlineData("append:header.X-A", "Append", "Header", "X-A")]
    [InlineData("overwrite:statuscode", "Overwrite", "StatusCode", "")]
    public void Compile_KeyOfAResponse_IsParsed(string key, string action, string target, string name)
    {
        var change = Assert.Single(Response("404", (key, "200"))!.ForResponse(404)!);

        Assert.Equal((action, target, name), (change.Action.ToString(), change.Target.ToString(), change.Name));
    }

    [Theory]
    [InlineData("header.a", "x", "A key of a request mapping is")]
    [InlineData("add:header.a", "x", "A key of a request mapping is")]
    [InlineData("Append:header.a", "x", "A key of a request mapping is")]
    [InlineData("append:header.", "x", "A key of a request mapping is")]
    [InlineData("append:header.a b", "x", "A key of a request mapping is")]
    [InlineData("append:querystring.", "x", "A key of a request mapping is")]
    [InlineData("append:path", "x", "A key of a request mapping is")]
    [InlineData("remove:path", "''", "A key of a request mapping is")]
    [InlineData("overwrite:statuscode", "200", "A key of a request mapping is")]
    [InlineData("remove:header.a", "x", "The value of a removal is '' (two quotes), but is 'x'")]
    [InlineData("append:header.a", "$request.body..b", "has '..' or a filter")]
    [InlineData("append:header.a", "$response.body", "Invalid mapping expression specified: 'response.body' is none of")]
    public void Compile_WrongRequestMapping_IsAnError(string key, string value, string expected)
    {
        var error = Assert.Single(Errors(new() { [key] = value }, []).Errors);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal($"Integration:RequestParameters:{key}", error.Origin.Path);
    }

    [Theory]
    [InlineData("404", "append:querystring.a", "A key of a response mapping is")]
    [InlineData("404", "overwrite:path", "A key of a response mapping is")]
    [InlineData("404", "append:statuscode", "A key of a response mapping is")]
    [InlineData("4xx", "append:header.a", "from 200 to 599, but it is '4xx'")]
    [InlineData("199", "append:header.a", "from 200 to 599, but it is '199'")]
    [InlineData("600", "append:header.a", "from 200 to 599, but it is '600'")]
    [InlineData("$default", "append:header.a", "from 200 to 599, but it is '$default'")]
    public void Compile_WrongResponseMapping_IsAnError(string status, string key, string expected)
    {
        var error = Assert.Single(Errors([], new() { [status] = new Dictionary<string, string> { [key] = "x" } }).Errors);

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // M-11.
    [Theory]
    [InlineData("Access-Control-Allow-Origin")]
    [InlineData("apigw-requestid")]
    [InlineData("Authorization")]
    [InlineData("connection")]
    [InlineData("content-encoding")]
    [InlineData("content-length")]
    [InlineData("content-location")]
    [InlineData("forwarded")]
    [InlineData("keep-alive")]
    [InlineData("origin")]
    [InlineData("proxy-authenticate")]
    [InlineData("proxy-authorization")]
    [InlineData("te")]
    [InlineData("trailers")]
    [InlineData("transfer-encoding")]
    [InlineData("upgrade")]
    [InlineData("x-amz-foo")]
    [InlineData("X-Amzn-Trace-Id")]
    [InlineData("x-forwarded-for")]
    [InlineData("x-forwarded-host")]
    [InlineData("x-forwarded-proto")]
    [InlineData("via")]
    public void Compile_ReservedHeader_IsRejectedBothWays(string name)
    {
        var errors = Errors(
            new() { ["overwrite:header." + name] = "x" },
            new() { ["200"] = new Dictionary<string, string> { ["remove:header." + name] = "''" } });

        Assert.Equal(2, errors.Errors.Count);
        Assert.All(errors.Errors, error => Assert.Contains($"Operations on header {name} are restricted", error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Compile_ReservedHeaderAsSource_IsAllowed() => Assert.Single(Request(("append:header.a", "$request.header.authorization")).Request);

    [Theory]
    [InlineData("$response.header.a", false)]
    [InlineData("x ${response.body.id}", true)]
    public void Compile_Response_TellsWhetherItReadsTheBody(string value, bool expected) =>
        Assert.Equal(expected, Response("200", ("append:header.a", value))!.ReadsResponseBody);

    // M-12.
    [Fact]
    public void Compile_EmptyValues_AreNoMappings()
    {
        Assert.Empty(Errors(new() { ["append:header.a"] = "" }, new() { ["200"] = new Dictionary<string, string>() }).Errors);
        Assert.Null(Compile(new() { ["append:header.a"] = "" }, new() { ["200"] = new Dictionary<string, string>() }, new DefinitionErrors()));
    }

    [Fact]
    public void Compile_SeveralMappings_RemoveThenOverwriteThenAppend()
    {
        var plan = Request(("append:header.a", "x"), ("overwrite:header.a", "y"), ("remove:header.a", "''"));

        Assert.Equal([MappingAction.Remove, MappingAction.Overwrite, MappingAction.Append], plan.Request.Select(static change => change.Action));
    }

    private static ParameterMappingPlan Request(params (string Key, string Value)[] mappings)
    {
        var errors = new DefinitionErrors();
        var plan = Compile(mappings.ToDictionary(static item => item.Key, static item => item.Value), [], errors);
        Assert.Empty(errors.Errors);
        return plan!;
    }

    private static ParameterMappingPlan? Response(string status, params (string Key, string Value)[] mappings)
    {
        var errors = new DefinitionErrors();
        var plan = Compile([], new() { [status] = mappings.ToDictionary(static item => item.Key, static item => item.Value) }, errors);
        Assert.Empty(errors.Errors);
        return plan;
    }

    private static DefinitionErrors Errors(Dictionary<string, string> request, Dictionary<string, IDictionary<string, string>> responses)
    {
        var errors = new DefinitionErrors();
        Compile(request, responses, errors);
        return errors;
    }

    private static ParameterMappingPlan? Compile(
        Dictionary<string, string> request, Dictionary<string, IDictionary<string, string>> responses, DefinitionErrors errors) =>
        new ParameterMappingCompiler(Origin, Compiled.Stage(Compiled.Mocks("api", "GET /")), errors).Compile(request, responses);
}
