using System.Globalization;

namespace ApiGateway.Testing.Tests;

public sealed class MappingTemplateTests
{
    [Fact]
    public void Render_RequestTemplate_ReadsEveryPartOfTheRequest()
    {
        var request = new TemplateRequest
        {
            Body = """{"name":"Ann"}""",
            PathParameters = { ["id"] = "42" },
            QueryParameters = { ["page"] = "2" },
            Headers = { ["Accept"] = "text/html" },
            StageVariables = { ["url"] = "example.com" },
        };

        var result = MappingTemplate.Render(
            "$input.path('$.name') $input.params('id') $input.params('page') $input.params('Accept') $stageVariables.url $input.params().path.id",
            request);

        Assert.Equal("Ann 42 2 text/html example.com 42", result.Text);
        Assert.Equal(result.Text, result.ToString());
    }

    [Fact]
    public void Render_ExampleOfTheGuide_GivesItsResult()
    {
        var result = MappingTemplate.Render(
            """
            #set($context.responseOverride.status = 202)
            {"id":"$input.params('id')","from":"$context.identity.sourceIp","name":$input.json('$.name')}
            """,
            new TemplateRequest { Body = """{"name":"Ann"}""", PathParameters = { ["id"] = "42" } },
            new TemplateContext { ["identity.sourceIp"] = "192.0.2.1" });

        Assert.Equal("""{"id":"42","from":"192.0.2.1","name":"Ann"}""", result.Text.Trim());
        Assert.Equal(202, result.Status);
    }

    [Fact]
    public void Render_NameInSeveralPlaces_IsThatOfThePath()
    {
        var request = new TemplateRequest
        {
            PathParameters = { ["n"] = "path" },
            QueryParameters = { ["n"] = "query" },
            Headers = { ["n"] = "header" },
        };

        Assert.Equal(
            "path query header",
            MappingTemplate.Render("$input.params('n') $input.params().querystring.n $input.params().header.n", request).Text);
    }

    [Fact]
    public void Render_ContextWithDots_HasMembers()
    {
        var context = new TemplateContext
        {
            ["requestId"] = "r-1",
            ["identity.sourceIp"] = "192.0.2.1",
            ["authorizer.claims.sub"] = "ann",
            ["authorizer.principalId"] = "p",
        };

        var result = MappingTemplate.Render(
            "$context.requestId $context.identity.sourceIp $context.authorizer.claims.sub $context.authorizer.principalId [$context.stage]",
            new TemplateRequest(),
            context);

        Assert.Equal("r-1 192.0.2.1 ann p []", result.Text);
    }

    [Theory]
    [InlineData("a", "a.b")]
    [InlineData("a.b", "a.b.c")]
    public void Render_ValueWithMembers_IsRefused(string value, string member)
    {
        var context = new TemplateContext { [value] = "1", [member] = "2" };

        var exception = Assert.Throws<ArgumentException>(() => MappingTemplate.Render("", new TemplateRequest(), context));

        Assert.Contains($"$context.{member}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Context_ValueSetToNull_IsGone()
    {
        var context = new TemplateContext { ["stage"] = "dev" };

        context["stage"] = null;

        Assert.Null(context["stage"]);
        Assert.Empty(context.Values);
    }

    [Fact]
    public void Render_EmptyRequest_HasAnEmptyObjectAsBody() => Assert.Equal("{}", MappingTemplate.Render("$input.body").Text);

    [Fact]
    public void Render_Overrides_AreHandedOut()
    {
        const string Template = """
            #set($context.responseOverride.status = 418)
            #set($context.responseOverride.header.X-One = "1")
            #set($context.responseOverride.header["Set-Cookie"] = ["a=1", "b=2"])
            #set($context.requestOverride.header.X-Two = $input.path('$.two'))
            #set($context.requestOverride.querystring.q = "a b")
            #set($context.requestOverride.path.id = "7")
            """;

        var result = MappingTemplate.Render(Template, new TemplateRequest { Body = """{"two":2}""" });

        Assert.Equal(418, result.Status);
        Assert.Equal(["1"], result.ResponseHeaders["x-one"]);
        Assert.Equal(["a=1", "b=2"], result.ResponseHeaders["Set-Cookie"]);
        Assert.Equal(["2"], result.RequestHeaders["X-Two"]);
        Assert.Equal("a b", result.RequestQuery["q"]);
        Assert.Equal("7", result.RequestPath["id"]);
    }

    [Theory]
    [InlineData("100", 100)]
    [InlineData("599", 599)]
    [InlineData("99", null)]
    [InlineData("600", null)]
    [InlineData("404.5", null)]
    [InlineData("\"text\"", null)]
    public void Render_Status_CountsIfItIsOne(string value, int? expected) =>
        Assert.Equal(expected, MappingTemplate.Render($"#set($context.responseOverride.status = {value})").Status);

    [Fact]
    public void Render_NothingOverridden_HasNoOverrides()
    {
        var result = MappingTemplate.Render("text");

        Assert.Null(result.Status);
        Assert.Empty(result.ResponseHeaders);
        Assert.Empty(result.RequestHeaders);
        Assert.Empty(result.RequestQuery);
        Assert.Empty(result.RequestPath);
    }

    [Fact]
    public void Render_NoTemplate_TellsWhereAndWhy()
    {
        var exception = Assert.Throws<TemplateSyntaxException>(() => MappingTemplate.Render("one\ntwo #if(1 == 1) three"));

        Assert.Equal(2, exception.Line);
        Assert.InRange(exception.Column, 1, 30);
        Assert.NotEmpty(exception.Reason);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"Line 2, column {exception.Column}: {exception.Reason}"), exception.Message);
    }

    [Fact]
    public void Render_BeyondALimit_TellsSo()
    {
        var exception = Assert.Throws<TemplateRenderingException>(
            () => MappingTemplate.Render("#foreach($i in [1..2000])$i#end"));

        Assert.True(exception.IsLimit);
        Assert.Contains("1000", exception.Message.Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_WhatCannotBeDone_TellsSo()
    {
        var exception = Assert.Throws<TemplateRenderingException>(() => MappingTemplate.Render("""#set($x = "abc")$x.substring(9)"""));

        Assert.False(exception.IsLimit);
        Assert.NotNull(exception.InnerException);
    }
}
