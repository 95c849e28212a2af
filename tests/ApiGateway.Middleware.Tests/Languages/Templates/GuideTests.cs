using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>Runs the examples of the guide.</summary>
public partial class GuideTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "guides", "templates.md"));

    [Fact]
    public void Render_EachExampleOfTheGuide_GivesItsOutput()
    {
        var body = Lines[Array.IndexOf(Lines, "```json") + 1];
        var wrong = new List<string>();
        var count = 0;

        foreach (var (example, output) in Examples())
        {
            count++;
            var actual = TestTemplate.Render(example, body);
            if (actual != output)
            {
                wrong.Add($"{example}\n  expected: [{output}]\n  actual:   [{actual}]");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.InRange(count, 100, int.MaxValue);
    }

    [Fact]
    public void Guide_Tables_NameEveryMethod()
    {
        var text = string.Join('\n', Lines);
        var missing = TemplateMethods.All.Where(name => !text.Contains($"`{name}`", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static IEnumerable<(string Example, string Output)> Examples()
    {
        var isTable = false;
        foreach (var line in Lines)
        {
            if (!line.StartsWith('|'))
            {
                isTable = false;
                continue;
            }

            var cells = Border().Split(line).Select(static cell => cell.Trim()).ToArray();
            if (isTable && !cells[2].StartsWith("---", StringComparison.Ordinal))
            {
                yield return (Code(cells[2]), Code(cells[3]));
            }

            isTable |= cells.Length > 3 && cells[2] == "Example";
        }
    }

    private static string Code(string cell) => cell.Trim('`').Replace(@"\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Border();
}
