using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

/// <summary>The public test suite of draft 4, read from <c>shared/conformance/json-schema</c> in some parent folder.</summary>
public class Draft4SuiteTests
{
    private static readonly string? Folder = Find("shared/conformance/json-schema");

    // Optional cases that fail on purpose, with the reason that the guide gives. None does.
    private static readonly Dictionary<string, string> Deviations = [];

    [Fact]
    public void IsValid_RequiredCases_AllAgree()
    {
        Assert.SkipUnless(Folder is not null, "The folder shared/conformance/json-schema is not there.");

        var (count, failures) = Run(Directory.GetFiles(Path.Combine(Folder, "draft4"), "*.json"));

        Assert.Equal(618, count);
        Assert.Empty(failures);
    }

    [Fact]
    public void IsValid_OptionalCases_AllAgreeButTheListedOnes()
    {
        Assert.SkipUnless(Folder is not null, "The folder shared/conformance/json-schema is not there.");

        var (count, failures) = Run(
            Directory.GetFiles(Path.Combine(Folder, "draft4", "optional"), "*.json", SearchOption.AllDirectories));

        Assert.Equal(319, count);
        Assert.Equal(string.Join("\n", Deviations.Keys.Order()), string.Join("\n", failures.Order()));
    }

    [Fact]
    public void Guide_Deviations_AreThoseOfTheTest()
    {
        var guide = Find("docs/guides/schema-conformance.md");
        Assert.SkipUnless(guide is not null, "The guide is not there.");

        var listed = File.ReadAllLines(guide)
            .SkipWhile(line => line != "## Optional cases that fail by design")
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .Select(line => line[2..]);

        Assert.Equal(Deviations.Select(deviation => $"`{deviation.Key}`: {deviation.Value}").Order(), listed.Order());
    }

    private static (int Count, List<string> Failures) Run(string[] files)
    {
        var registry = Remotes();
        var count = 0;
        var failures = new List<string>();
        foreach (var file in files)
        {
            using var groups = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var group in groups.RootElement.EnumerateArray())
            {
                var text = group.GetProperty("schema").GetRawText();
                var schema = JsonSchema.Compile(Encoding.UTF8.GetBytes(text), registry, SchemaOptions.Default, out var errors);
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    count++;
                    var body = Encoding.UTF8.GetBytes(test.GetProperty("data").GetRawText());
                    var expected = test.GetProperty("valid").GetBoolean();
                    var name = $"{Path.GetFileNameWithoutExtension(file)}: {group.GetProperty("description")}: {test.GetProperty("description")}";
                    if (schema is null)
                    {
                        failures.Add($"{name} ({string.Join("; ", errors)})");
                    }
                    else if (schema.IsValid(body) != expected || (schema.Explain(body) == "[]") != expected)
                    {
                        failures.Add(name);
                    }
                }
            }
        }

        return (count, failures);
    }

    private static SchemaRegistry Remotes()
    {
        var registry = new SchemaRegistry();
        var root = Path.Combine(Folder!, "remotes");
        foreach (var file in Directory.GetFiles(root, "*.json", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            registry.Add(new Uri(new Uri("http://localhost:1234/"), path), File.ReadAllBytes(file));
        }

        return registry;
    }

    private static string? Find(string path)
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, path);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
