using System.Runtime.CompilerServices;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>A guide of <c>docs/guides</c>: its blocks of code, in their order.</summary>
internal sealed class Guide
{
    private readonly List<(string Language, string Text)> _blocks = [];

    public Guide(string name)
    {
        Text = File.ReadAllText(Path.Combine(Root(), "docs", "guides", name)).ReplaceLineEndings("\n");
        var lines = Text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var end = Array.IndexOf(lines, "```", i + 1);
            _blocks.Add((lines[i][3..], string.Join('\n', lines[(i + 1)..end])));
            i = end;
        }
    }

    public string Text { get; }

    /// <summary>Gets the blocks of a language.</summary>
    public string[] BlocksOf(string language) => [.. _blocks.Where(block => block.Language == language).Select(static block => block.Text)];

    /// <summary>Gets what stands between the comments <c>Begin</c> and <c>End</c> of an example beside this file, without its indent.</summary>
    public static string CodeOf(string example)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "tests", "ApiGateway.Middleware.FunctionalTests", "Guides", example + ".cs")).ToList();
        var begin = lines.FindIndex(static line => line.Trim() == "// Begin.");
        var end = lines.FindIndex(static line => line.Trim() == "// End.");
        var indent = lines[begin].Length - lines[begin].TrimStart().Length;
        return string.Join('\n', lines[(begin + 1)..end].Select(line => line.Length < indent ? line : line[indent..])).Trim();
    }

    // Above the built test, or above its source where the build goes elsewhere.
    private static string Root([CallerFilePath] string path = "") =>
        Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(path))
        ?? throw new InvalidOperationException("The guides are not there: no folder above the test has ApiGateway.sln.");

    private static string? Above(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "ApiGateway.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
