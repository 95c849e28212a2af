using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class HostileDocumentTests
{
    private const int Levels = 10_000;

    public static TheoryData<string, string, string> Documents() => new()
    {
        { "deep.json", string.Concat(Enumerable.Repeat("[", Levels)) + string.Concat(Enumerable.Repeat("]", Levels)), "Invalid OpenAPI input." },
        { "deep.yaml", string.Concat(Enumerable.Repeat("[", Levels)) + string.Concat(Enumerable.Repeat("]", Levels)), "nested deeper than 128 levels" },
        { "dashes.yaml", string.Concat(Enumerable.Repeat("- ", Levels)) + "a", "nested deeper than 128 levels" },
        { "braces.yaml", string.Concat(Enumerable.Repeat("{a: ", Levels)), "nested deeper than 128 levels" },
        { "bomb.yaml", Bomb(), "aliases of the document expand to too much" },
        { "self.yaml", "openapi: 3.0.0\na: &a\n  b: *a\n", "There is no anchor '&a'" },
        { "large.json", $"{{\"openapi\": \"3.0.0\", \"a\": \"{new string('a', 6 * 1024 * 1024)}\"}}", "may have 6291456" },
        { "binary.yaml", "\0\0\0", "Invalid OpenAPI input." },
        { "paths.yaml", "openapi: 3.0.0\npaths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}", "leads in a circle" },
        { "inline.yaml", Doubling(), "The references of the document expand to too much" },
        { "items.yaml", Items(), "The references of the document expand to too much" },
        { "list.json", $"{{\"openapi\": \"3.0.0\", \"paths\": {{\"/x\": {{\"parameters\": [{string.Join(',', Enumerable.Repeat("1", 500_000))}], \"get\": {{}}}}}}}}", "A parameter must be an object" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void Import_Hostile_EndsInAClearErrorInBoundedTime(string source, string text, string message)
    {
        var clock = Stopwatch.StartNew();

        var errors = TestDocument.Errors(text, source: source).Errors;

        Assert.Contains(errors, error => error.Message.Contains(message, StringComparison.Ordinal));
        Assert.InRange(errors.Count, 1, 200);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{source} took {clock.Elapsed}.");
    }

    [Theory]
    [InlineData("? ")]
    [InlineData("!")]
    [InlineData("&a ")]
    [InlineData("a: b\n")]
    [InlineData("a ")]
    [InlineData("a\n\n")]
    [InlineData("\"")]
    [InlineData("\t")]
    [InlineData("#")]
    [InlineData("[a, ")]
    [InlineData("- a\n")]
    [InlineData("|\n")]
    [InlineData("${")]
    [InlineData("9")]
    [InlineData("%TAG ! a\n")]
    [InlineData("<<: {a: b}\n")]
    public void Import_OnePieceAMillionTimes_EndsInBoundedTime(string piece)
    {
        var clock = Stopwatch.StartNew();

        TestDocument.Errors("openapi: 3.0.0\nx: " + string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));
        TestDocument.Errors(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void Import_SchemasThatNestByReference_EndInAClearError()
    {
        var open = string.Concat(Enumerable.Repeat("{not: ", 50));
        var close = new string('}', 50);
        var text = new StringBuilder("openapi: 3.0.0\ncomponents:\n  schemas:\n    S0: {properties: {a: {}}}\n");
        for (var i = 1; i < 100; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    S{i}: {{properties: {{a: {open}{{$ref: '#/components/schemas/S{i - 1}/properties/a'}}{close}}}}}\n");
        }

        var errors = TestDocument.Errors(text.ToString()).Errors;

        Assert.Contains(errors, static error => error.Message.Contains("is nested deeper than", StringComparison.Ordinal));
    }

    [Fact]
    public void Import_NotUtf8_IsAnError() =>
        Assert.Contains("UTF-8", Assert.Single(TestDocument.Errors([0x61, 0x3A, 0xFF]).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Import_ByteOrderMark_IsNoError() => TestDocument.Import($"\uFEFF{TestDocument.With("{}")}");

    private static string Bomb()
    {
        var text = new StringBuilder("openapi: 3.0.0\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        return text.ToString();
    }

    // Each schema holds the one before twice, by references that are no models.
    private static string Doubling()
    {
        var text = new StringBuilder("openapi: 3.0.0\ncomponents:\n  schemas:\n    S0: {properties: {a: {type: string}}}\n");
        for (var i = 1; i < 60; i++)
        {
            var reference = $"{{$ref: '#/components/schemas/S{i - 1}/properties/a'}}";
            text.Append(CultureInfo.InvariantCulture, $"    S{i}: {{properties: {{a: {{allOf: [{reference}, {reference}]}}}}}}\n");
        }

        return text.ToString();
    }

    // A thousand paths that are all the same large one.
    private static string Items()
    {
        var text = new StringBuilder("openapi: 3.0.0\npaths:\n  /big:\n    get:\n      responses:\n");
        for (var i = 0; i < 5_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"        x-{i}: {{description: aaaaaaaaaaaaaaaa}}\n");
        }

        for (var i = 0; i < 3_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  /p{i}: {{$ref: '#/paths/~1big'}}\n");
        }

        return text.ToString();
    }
}
