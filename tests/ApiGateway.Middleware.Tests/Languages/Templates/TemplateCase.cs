namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>A template with the output that is expected of it, from a file in <c>Cases</c>.</summary>
public sealed record TemplateCase(string File, int Line, string Body, string Template, string Expected)
{
    private const string Arrow = " =>";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Languages", "Templates");

    public static IEnumerable<TemplateCase> Read(string file)
    {
        var body = string.Empty;
        var number = 0;

        foreach (var line in ReadLines(file))
        {
            number++;
            if (line.Length == 0 || line.StartsWith("// ", StringComparison.Ordinal))
            {
                continue;
            }

            if (line.StartsWith("body:", StringComparison.Ordinal))
            {
                body = line["body:".Length..].TrimStart();
                continue;
            }

            var arrow = line.LastIndexOf(Arrow, StringComparison.Ordinal);
            var expected = line[(arrow + Arrow.Length)..];
            yield return new(file, number, body, Spell(line[..arrow]), Spell(expected.Length > 0 ? expected[1..] : expected));
        }
    }

    public static IEnumerable<TemplateCase> ReadAll() => Directory
        .EnumerateFiles(Path.Combine(Folder, "Cases"), "*.txt")
        .Order(StringComparer.Ordinal)
        .SelectMany(path => Read(Path.GetFileName(path)));

    public override string ToString() => $"{File}({Line}): {Template}";

    private static IEnumerable<string> ReadLines(string file) =>
        System.IO.File.ReadLines(Path.Combine(Folder, "Cases", file));

    /// <summary>Replaces the signs that stand for line ends and tabs.</summary>
    public static string Spell(string text) => text.Replace('␤', '\n').Replace('␍', '\r').Replace('→', '\t');
}
