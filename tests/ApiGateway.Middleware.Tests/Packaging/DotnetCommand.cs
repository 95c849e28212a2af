using System.Diagnostics;

namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>Runs the <c>dotnet</c> command, apart from the build that may have started this test.</summary>
internal static class DotnetCommand
{
    // Guards against a build that hangs; one takes about a minute.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs a command to its end.</summary>
    /// <returns>All that it printed; the test fails if the command does.</returns>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = StartInfo("dotnet", folder, [.. arguments, "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:NuGetAudit=false"]);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var text = await output + await errors;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");
        return text;
    }

    public static ProcessStartInfo StartInfo(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Left by a build around this test, they would make the command use that build's parts.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";
        return start;
    }
}
