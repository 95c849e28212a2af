using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class SchemaPropertyTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void IsValid_RandomSchemasAndBodies_AgreesWithTheReference(bool modern)
    {
        var disagreements = new List<string>();
        var valid = 0;
        for (var seed = 0; seed < 3000 && disagreements.Count == 0; seed++)
        {
            var random = new RandomSchema(seed, modern);
            var text = random.NextSchema();
            var sut = TestSchema.Compile(text, modern ? TestSchema.Modern : TestSchema.Draft4);
            using var schema = JsonDocument.Parse(text);
            var reference = new ReferenceValidator(schema.RootElement, modern);
            for (var i = 0; i < 10; i++)
            {
                var body = random.NextValue(3);
                using var document = JsonDocument.Parse(body);
                var expected = reference.IsValid(document.RootElement);
                valid += expected ? 1 : 0;
                if (sut.IsValid(body) != expected || (sut.Explain(body) == "[]") != expected)
                {
                    disagreements.Add($"seed {seed}: {text} should find {body} {(expected ? "valid" : "invalid")}");
                }
            }
        }

        Assert.True(disagreements.Count == 0, string.Join(Environment.NewLine, disagreements));
        Assert.InRange(valid, 3000, 27_000);
    }

    [Fact]
    public void IsValid_MutatedBytes_AgreesWithTheParserAndNeverThrows()
    {
        var random = new Random(7);
        var any = TestSchema.Compile("{}");
        var strict = TestSchema.Compile(new RandomSchema(42, modern: true).NextSchema(), TestSchema.Modern);
        var alphabet = "{}[]\",:\\u0123456789eE+-. \n\ttrufalsn\0\u00C3\u00A9"u8.ToArray();
        for (var i = 0; i < 60_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(new RandomSchema(i, modern: false).NextValue(3));
            for (var change = random.Next(3); change > 0 && body.Length > 0; change--)
            {
                body[random.Next(body.Length)] = random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];
            }

            Assert.Equal(IsJson(body), any.IsValid(body));
            Assert.Equal(strict.IsValid(body), strict.Explain(body) == "[]");
        }
    }

    [Fact]
    public void Compile_MutatedSchemas_NeverThrows()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var schema = Encoding.UTF8.GetBytes(new RandomSchema(i, modern: i % 2 == 0).NextSchema());
            for (var change = random.Next(4); change > 0; change--)
            {
                schema[random.Next(schema.Length)] = (byte)random.Next(32, 127);
            }

            JsonSchema.Compile(
                schema, new(), i % 2 == 0 ? TestSchema.Modern : TestSchema.Draft4, out var errors);
            Assert.All(errors, error => Assert.NotEmpty(error.Rule));
        }
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            // The parser looks at the encoding of strings only when they are read.
            if (!Utf8.IsValid(body))
            {
                return false;
            }

            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
