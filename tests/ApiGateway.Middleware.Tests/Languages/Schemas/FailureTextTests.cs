namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class FailureTextTests
{
    [Theory]
    [InlineData("""{"required":["subject","to","body"]}""", "{}", """object has missing required properties (["body","subject","to"])""")]
    [InlineData("""{"type":"number"}""", "\"x\"", """instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])""")]
    [InlineData("""{"type":["string","null"]}""", "1", """instance type (integer) does not match any allowed primitive type (allowed: ["null","string"])""")]
    [InlineData("""{"type":"integer"}""", "1.0", """instance type (number) does not match any allowed primitive type (allowed: ["integer"])""")]
    [InlineData("""{"enum":["a","b"]}""", "\"x\"", """instance value ("x") not found in enum (possible values: ["a","b"])""")]
    [InlineData("""{"minimum":1}""", "0", "numeric instance is lower than the required minimum (minimum: 1, found: 0)")]
    [InlineData("""{"maximum":9}""", "10", "numeric instance is greater than the required maximum (maximum: 9, found: 10)")]
    [InlineData("""{"minimum":1,"exclusiveMinimum":true}""", "1", "numeric instance is not strictly greater than the required minimum 1")]
    [InlineData("""{"maximum":9,"exclusiveMaximum":true}""", "9", "numeric instance is not strictly lower than the required maximum 9")]
    [InlineData("""{"multipleOf":5}""", "2", "remainder of division is not zero (2 / 5)")]
    [InlineData("""{"minLength":1}""", "\"\"", """string "" is too short (length: 0, required minimum: 1)""")]
    [InlineData("""{"maxLength":2}""", "\"abc\"", """string "abc" is too long (length: 3, maximum allowed: 2)""")]
    [InlineData("""{"pattern":"^a$"}""", "\"b\"", """ECMA 262 regex "^a$" does not match input string "b" """)]
    [InlineData("""{"minItems":1}""", "[]", "array is too short: must have at least 1 elements but instance has 0 elements")]
    [InlineData("""{"maxItems":1}""", "[1,2]", "array is too long: must have at most 1 elements but instance has 2 elements")]
    [InlineData("""{"uniqueItems":true}""", "[1,1]", "array must not contain duplicate elements")]
    [InlineData("""{"additionalProperties":false}""", """{"x":1}""", """object instance has properties which are not allowed by the schema: ["x"]""")]
    [InlineData("""{"additionalProperties":false}""", """{"b":1,"a":2}""", """object instance has properties which are not allowed by the schema: ["a","b"]""")]
    [InlineData("""{"minProperties":1}""", "{}", "object has too few properties (found 0 but schema requires at least 1)")]
    [InlineData("""{"maxProperties":1}""", """{"a":1,"b":2}""", "object has too many properties (found 2 but schema requires at most 1)")]
    [InlineData("""{"allOf":[{"type":"string"},{"maxLength":1}]}""", "\"ab\"", "instance failed to match all required schemas (matched only 1 out of 2)")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "1", "instance failed to match at least one required schema among 2")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", "1", "instance failed to match exactly one schema (matched 0 out of 2)")]
    [InlineData("""{"oneOf":[{},{"type":"integer"}]}""", "1", "instance failed to match exactly one schema (matched 2 out of 2)")]
    [InlineData("""{"not":{}}""", "1", "instance matched a schema which it should not have")]
    [InlineData("""{"dependencies":{"a":["c","b"]}}""", """{"a":1}""", """property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["b","c"])""")]
    [InlineData("""{"format":"ipv4"}""", "\"x\"", """input string "x" does not match format "ipv4" """)]
    [InlineData("""{"items":[{}],"additionalItems":false}""", "[1,2]", "array has elements which are not allowed by the schema (allowed: 1, found: 2)")]
    [InlineData("{}", "{", "body is not well-formed JSON")]
    public void Explain_OneFailure_HasTheTextOfTheCatalogue(string schema, string body, string expected)
    {
        var sut = TestSchema.Compile(schema);

        Assert.Equal($"[{expected.TrimEnd()}]", sut.Explain(body));
    }

    [Fact]
    public void Explain_SeveralFailures_JoinsThemOutsideIn()
    {
        var sut = TestSchema.Compile(
            """{"type":"object","required":["id"],"properties":{"n":{"type":"integer","minimum":1},"s":{"type":"string"}}}""");

        Assert.Equal(
            """[object has missing required properties (["id"]), numeric instance is lower than the required minimum (minimum: 1, found: 0), """
            + """instance type (null) does not match any allowed primitive type (allowed: ["string"])]""",
            sut.Explain("""{"n":0,"s":null}"""));
    }

    [Fact]
    public void Explain_ManyFailuresOrLongValues_IsBounded()
    {
        var sut = TestSchema.Compile("""{"items":{"maxLength":1}}""");
        var item = $"\"{new string('x', 5000)}\"";

        var text = sut.Explain($"[{string.Join(',', Enumerable.Repeat(item, 500))}]");

        Assert.InRange(text.Length, 100_000, 150_000);
    }

    [Fact]
    public void Explain_BodyPastALimit_SaysSo()
    {
        var sut = TestSchema.Compile("{}");

        Assert.Equal(
            "[body is larger, deeper or has more tokens than the limits allow]",
            sut.Explain(new string('[', 65) + new string(']', 65)));
    }
}
