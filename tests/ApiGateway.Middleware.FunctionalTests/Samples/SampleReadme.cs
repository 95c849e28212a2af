namespace ApiGateway.Middleware.FunctionalTests.Samples;

/// <summary>The commands of a sample's README, each with the lines of its answer: the comments right below it.</summary>
internal static class SampleReadme
{
    private const string Marker = "@@@";

    public static IReadOnlyList<(string Command, string[] Answer)> Read(string path)
    {
        var commands = new List<(string, string[])>();
        var isShell = false;
        var lines = File.ReadAllLines(path);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                isShell = lines[i] == "```sh";
            }
            else if (isShell && lines[i].Length > 0 && !lines[i].StartsWith('#') && !lines[i].StartsWith("dotnet ", StringComparison.Ordinal))
            {
                commands.Add((lines[i], [.. lines.Skip(i + 1).TakeWhile(static line => line.StartsWith("# ", StringComparison.Ordinal)).Select(static line => line[2..])]));
            }
        }

        return commands;
    }

    /// <summary>Writes all commands as one script, since later ones use variables of earlier ones.</summary>
    public static string ScriptOf(IEnumerable<string> commands) => string.Concat(commands.Select(static command => $"{command}\necho; echo {Marker}\n"));

    /// <summary>Cuts the output of that script into the lines of each command.</summary>
    public static string[][] Cut(string output) =>
        [.. output.Split(Marker).Select(static part => part.Split('\n').Select(static line => line.TrimEnd('\r')).ToArray())];
}
