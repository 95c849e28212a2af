using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Fills stage variables into the texts of definitions: <c>${stageVariables.name}</c>.</summary>
internal static partial class StageVariableText
{
    /// <summary>Fills in; variables that do not exist are empty.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variables">The stage's variables.</param>
    /// <param name="missing">Receives the first variable that does not exist, or <see langword="null"/>.</param>
    /// <returns>The same text if it names no variable.</returns>
    public static string Fill(string text, IReadOnlyDictionary<string, string> variables, out string? missing)
    {
        string? absent = null;
        var filled = Reference.Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (variables.TryGetValue(name, out var value))
            {
                return value;
            }

            absent ??= name;
            return "";
        });
        missing = absent;
        return filled;
    }

    [GeneratedRegex(@"\$\{stageVariables\.(?<name>[A-Za-z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference { get; }
}
