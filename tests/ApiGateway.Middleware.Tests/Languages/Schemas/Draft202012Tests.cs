using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class Draft202012Tests
{
    private const string Closed =
        """{"properties":{"a":{}},"anyOf":[{"properties":{"b":{"type":"integer"}},"required":["b"]},{"properties":{"c":{}}}],"unevaluatedProperties":false}""";

    private const string Tree =
        """
        {"$id":"https://x.test/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,
         "$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","type":"object",
          "properties":{"data":{},"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}}}
        """;

    [Theory]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    [InlineData("""{"properties":{"a":false}}""", """{"a":1}""", false)]
    [InlineData("""{"type":"integer"}""", "1.0", true)]
    [InlineData("""{"type":"integer"}""", "1e2", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"type":["integer","null"]}""", "null", true)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1.0]}""", true)]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[2]}""", false)]
    [InlineData("""{"const":null}""", "null", true)]
    [InlineData("""{"const":"x"}""", "\"\\u0078\"", true)]
    [InlineData("""{"exclusiveMinimum":1}""", "1", false)]
    [InlineData("""{"exclusiveMinimum":1}""", "1.0000000000000000000001", true)]
    [InlineData("""{"exclusiveMaximum":1.5,"maximum":2}""", "1.5", false)]
    [InlineData("""{"exclusiveMaximum":3,"maximum":2}""", "2", true)]
    [InlineData("""{"prefixItems":[{"type":"string"}]}""", """[1]""", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}]}""", """["a",1]""", true)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":false}""", """["a",1]""", false)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"integer"}}""", """["a",1,2]""", true)]
    [InlineData("""{"contains":{"type":"integer"}}""", """["a",1]""", true)]
    [InlineData("""{"contains":{"type":"integer"}}""", """["a"]""", false)]
    [InlineData("""{"contains":{"type":"integer"}}""", """[]""", false)]
    [InlineData("""{"contains":{"type":"integer"},"minContains":0}""", """[]""", true)]
    [InlineData("""{"contains":{"type":"integer"},"minContains":2,"maxContains":3}""", """[1]""", false)]
    [InlineData("""{"contains":{"type":"integer"},"minContains":2,"maxContains":3}""", """[1, "a" , 2]""", true)]
    [InlineData("""{"contains":{"type":"integer"},"minContains":2,"maxContains":3}""", """[1,2,3,4]""", false)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "6", true)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "4", false)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "\"a\"", true)]
    [InlineData("""{"if":{"type":"integer"},"then":{"minimum":5},"else":{"type":"string"}}""", "null", false)]
    [InlineData("""{"then":{"minimum":5}}""", "4", true)]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", false)]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"b":2,"a":1}""", true)]
    [InlineData("""{"dependentSchemas":{"a":{"maxProperties":1}}}""", """{"b":2,"a":1}""", false)]
    [InlineData("""{"dependentSchemas":{"a":{"maxProperties":1}}}""", """{"b":2,"c":1}""", true)]
    [InlineData("""{"propertyNames":{"maxLength":2}}""", """{"ab":2}""", true)]
    [InlineData("""{"propertyNames":{"maxLength":2},"properties":{"abc":{}}}""", """{"abc":2}""", false)]
    [InlineData("""{"propertyNames":{"pattern":"^a"}}""", """{"\u0061b":2}""", true)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":3,"$defs":{"a":{"minimum":1}}}""", "4", false)]
    [InlineData("""{"$ref":"#/$defs/a","maximum":3,"$defs":{"a":{"minimum":1}}}""", "2", true)]
    [InlineData("""{"$ref":"#there","$defs":{"a":{"$anchor":"there","type":"string"}}}""", "2", false)]
    [InlineData("""{"$id":"https://x.test/a/b","$ref":"c","$defs":{"a":{"$id":"c","type":"string"}}}""", "2", false)]
    [InlineData("""{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"b":1}""", false)]
    [InlineData("""{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":{"type":"integer"}}""", """{"a":"x","b":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":{"type":"integer"}}""", """{"a":1,"b":"x"}""", false)]
    [InlineData("""{"allOf":[{"patternProperties":{"^p":{}}}],"unevaluatedProperties":false}""", """{"pq":1}""", true)]
    [InlineData("""{"allOf":[{"patternProperties":{"^p":{}}}],"unevaluatedProperties":false}""", """{"q":1}""", false)]
    [InlineData("""{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}""", """{"q":1}""", true)]
    [InlineData(Closed, """{"a":1,"b":2}""", true)]
    [InlineData(Closed, """{"a":1,"b":"x"}""", false)]
    [InlineData(Closed, """{"a":1,"c":"x"}""", true)]
    [InlineData(Closed, """{"a":1,"b":1,"c":"x"}""", true)]
    [InlineData(Closed, """{"a":1,"d":2}""", false)]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":false}""", "[1]", true)]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":false}""", "[1,2]", false)]
    [InlineData("""{"allOf":[{"prefixItems":[{},{}]}],"prefixItems":[{}],"unevaluatedItems":false}""", "[1,2]", true)]
    [InlineData("""{"contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}}""", """["a",1,"b"]""", true)]
    [InlineData("""{"contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}}""", """["a",1,null]""", false)]
    [InlineData("""{"if":{"prefixItems":[{"const":1}]},"unevaluatedItems":false}""", "[1]", true)]
    [InlineData("""{"if":{"prefixItems":[{"const":1}]},"unevaluatedItems":false}""", "[2]", false)]
    [InlineData(Tree, """{"children":[{"data":1}]}""", true)]
    [InlineData(Tree, """{"children":[{"daat":1}]}""", false)]
    [InlineData("""{"dependentSchemas":{"a":{"properties":{"a":{}}},"b":{"if":{},"unevaluatedProperties":false}}}""", """{"a":1,"b":1}""", false)]
    [InlineData("""{"enum":[1,{}],"if":{},"unevaluatedProperties":false}""", "1", true)]
    [InlineData("""{"enum":[1,{}],"if":{},"unevaluatedProperties":false}""", "{}", true)]
    [InlineData("""{"enum":[1,{}],"if":{},"unevaluatedProperties":false}""", "[]", false)]
    [InlineData("""{"format":"date"}""", "\"2024-02-29\"", true)]
    [InlineData("""{"format":"date"}""", "\"2023-02-29\"", false)]
    [InlineData("""{"format":"time"}""", "\"12:00:00Z\"", true)]
    [InlineData("""{"format":"time"}""", "\"12:00Z\"", false)]
    [InlineData("""{"format":"uuid"}""", "\"2EB8AA08-AA98-11EA-B4AA-73B441D16380\"", true)]
    [InlineData("""{"format":"uuid"}""", "\"2eb8aa08-aa98-11ea-b4aa73b441d16380\"", false)]
    public void IsValid_Keyword_JudgesAsTheStandardSays(string schema, string body, bool expected)
    {
        var sut = TestSchema.Compile(schema, TestSchema.Modern);

        Assert.Equal(expected, sut.IsValid(body));
        Assert.Equal(expected, sut.Explain(body) == "[]");
    }

    [Fact]
    public void Compile_ItemsAsArray_IsAnError()
    {
        var error = Assert.Single(TestSchema.Errors("""{"items":[{}]}""", TestSchema.Modern));

        Assert.Equal("/items", error.Pointer);
    }

    [Fact]
    public void Compile_TreeWithoutOuterScope_UsesItsOwnAnchor()
    {
        var registry = new SchemaRegistry();
        registry.Add(
            new Uri("https://x.test/tree"),
            """{"$id":"https://x.test/tree","$dynamicAnchor":"node","properties":{"next":{"$dynamicRef":"#node"}},"type":"object"}"""u8.ToArray());

        var sut = TestSchema.Compile("""{"$ref":"https://x.test/tree"}""", TestSchema.Modern, registry);

        Assert.True(sut.IsValid("""{"next":{"any":1}}"""));
        Assert.False(sut.IsValid("""{"next":1}"""));
    }
}
