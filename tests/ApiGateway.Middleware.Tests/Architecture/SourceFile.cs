using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Tests.Architecture;

/// <summary>A source file: its path below the library's folder, and its text.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>Gets the text without comments and texts in quotes, so that a mention there is no use.</summary>
    public string Code { get; } = NotCode.Replace(Text, "");

    /// <summary>Gets the first folder, or empty for files of the project's own folder.</summary>
    public string TopFolder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public string? Namespace => NamespaceLine.Match(Text) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Gets the folders of the library that the file uses: by a using line, or by a name with a namespace in front.</summary>
    /// <param name="folders">The folders, such as <c>Pipeline/Routing</c>.</param>
    public IEnumerable<string> Uses(IEnumerable<string> folders) => folders.Where(Mentions);

    private bool Mentions(string folder)
    {
        var name = Regex.Escape(folder.Replace('/', '.'));

        // A member of that name has a dot in front; a namespace has not, but for the root's.
        return Regex.IsMatch(
            Code, $@"(\busing (static |\w+ = )?|(?<![\w.]))(ApiGateway\.Middleware\.)?{name}(\.[A-Z]\w*)+", RegexOptions.None, TimeSpan.FromSeconds(10))
            || Regex.IsMatch(Code, $@"\busing ApiGateway\.Middleware\.{name};", RegexOptions.None, TimeSpan.FromSeconds(10));
    }

    [GeneratedRegex(@"//[^\n]*|""""""[\s\S]*?""""""|\$?@?""(\\.|[^""\\\n])*""|^namespace [^\n]*", RegexOptions.Multiline, 10_000)]
    private static partial Regex NotCode { get; }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NamespaceLine { get; }
}
