using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Export;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class MutationTests
{
    private const int Rounds = 400;

    private static readonly string[] Pieces =
        ["{}", "[]", "null", "1", "true", "\"\"", "{\"$ref\": \"#/\"}", "{\"$ref\": \"#/paths\"}", "{\"$ref\": \"#\"}", "~", "-", ":", "&a ", "*a", "!Sub ", "<<: ", "\t", "\u0000", "é", "\"\\ud800\"", "%", "|", ">", "? ", "#"];

    public static TheoryData<string> Files() => [.. TestDocument.Names, "plain.yaml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Import_MutatedDocument_NeverThrows(string file)
    {
        var random = new Random(4711);
        var original = TestDocument.Read(file);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(original, random);
            var errors = new DefinitionErrors();
            RestApiDefinition? api;
            try
            {
                api = new OpenApiImporter(new() { BasePathMode = BasePathMode.Prepend }).Import("test", text, file, errors);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Round {round}: {exception}\n{text}");
                return;
            }

            Assert.Equal(errors.Errors.Count == 0, api is not null);
            if (api is not null)
            {
                new OpenApiExporter(new()).Export(api, "dev");
            }
        }
    }

    [Theory]
    [InlineData("http-export.json")]
    [InlineData("http-sam.yaml")]
    [InlineData("plain.yaml")]
    public void ImportHttp_MutatedDocument_NeverThrows(string file)
    {
        var random = new Random(4711);
        var original = TestDocument.Read(file);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(original, random);
            var errors = new DefinitionErrors();
            HttpApiDefinition? api;
            try
            {
                api = new OpenApiImporter(new() { BasePathMode = BasePathMode.Prepend, Audiences = { "a" } }).ImportHttp("test", text, file, errors);
                if (api is not null)
                {
                    new OpenApiExporter(new()).Export(api, "dev");
                }
            }
            catch (Exception exception)
            {
                Assert.Fail($"Round {round}: {exception}\n{text}");
                return;
            }

            Assert.Equal(errors.Errors.Count == 0, api is not null);
        }
    }

    private static string Mutate(string original, Random random)
    {
        var text = new StringBuilder(original);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var position = random.Next(text.Length);
            var length = Math.Min(random.Next(40), text.Length - position);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(position, length);
                    break;
                case 1:
                    text.Insert(position, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 2:
                    text.Insert(position, text.ToString(random.Next(text.Length - length), length));
                    break;
                default:
                    // A value becomes another value, so that the document stays well formed more often.
                    var colon = text.ToString().IndexOf(": ", position, StringComparison.Ordinal);
                    if (colon >= 0)
                    {
                        var end = text.ToString().IndexOfAny([',', '\n', '}', ']'], colon);
                        text.Remove(colon + 2, Math.Max(0, end - colon - 2)).Insert(colon + 2, Pieces[random.Next(Pieces.Length)]);
                    }

                    break;
            }
        }

        return text.ToString();
    }
}
