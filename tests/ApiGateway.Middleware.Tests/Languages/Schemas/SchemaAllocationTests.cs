using System.Text;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class SchemaAllocationTests
{
    private const string Body = """{"id":17,"name":"x\u00e9y","tags":["a","b"],"price":19.95,"kind":"book","extra":{"a":[1,2,3]},"when":"2024-01-01T00:00:00Z"}""";

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"object","required":["id","name"],"properties":{"id":{"type":"integer","minimum":1},"name":{"maxLength":3},"price":{"multipleOf":0.05}}}""")]
    [InlineData("""{"properties":{"tags":{"items":{"type":"string"},"uniqueItems":true},"kind":{"enum":["book","film"]}}}""")]
    [InlineData("""{"properties":{"when":{"format":"date-time"},"kind":{"pattern":"^[a-z]+$"}},"patternProperties":{"^x":{}}}""")]
    [InlineData("""{"allOf":[{"required":["id"]},{"anyOf":[{"required":["zz"]},{"properties":{"id":{"type":"integer"}}}]}],"not":{"required":["zz"]}}""")]
    [InlineData("""{"oneOf":[{"properties":{"kind":{"enum":["film"]}}},{"properties":{"kind":{"enum":["book"]}}}],"dependencies":{"id":{"required":["name"]}}}""")]
    public void IsValid_ValidBody_AllocatesNothing(string schema)
    {
        var sut = TestSchema.Compile(schema);
        var body = Encoding.UTF8.GetBytes(Body);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(sut.IsValid(body));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            sut.IsValid(body);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
