using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

/// <summary>
/// Runs the cases through velocityjs, another implementation of the language. Where the two differ, the case stands in
/// <c>Velocity/differences.txt</c> under the reason for it, and no other case may differ.
/// </summary>
public sealed class VelocityDifferenceTests : IDisposable
{
    private static readonly string Source = Path.Combine(TemplateCase.Folder, "Velocity");

    private readonly string _folder = Directory.CreateTempSubdirectory("velocityjs-").FullName;

    [Fact]
    public async Task Render_CasesOfTheLanguage_DifferFromVelocityJsWhereListed()
    {
        File.Copy(Path.Combine(Source, "package.json"), Path.Combine(_folder, "package.json"));
        File.Copy(Path.Combine(Source, "package-lock.json"), Path.Combine(_folder, "package-lock.json"));
        Assert.SkipUnless(await RunAsync("node", "", "--version") is not null, "node is not installed.");
        Assert.SkipUnless(
            await RunAsync("npm", "", "ci", "--no-audit", "--no-fund", "--loglevel=error") is not null,
            "npm, or its registry, is not there.");

        var cases = TemplateCase.ReadAll().Where(static sample => sample.File != "gateway.txt").ToArray();
        var json = JsonSerializer.Serialize(cases.Select(static sample => new { template = sample.Template, body = sample.Body }));
        var answer = await RunAsync("node", json, Path.Combine(Source, "render.cjs"), _folder);
        var outputs = JsonSerializer.Deserialize<string[]>(answer!)!;

        var listed = File.ReadLines(Path.Combine(Source, "differences.txt"))
            .Where(static line => line.Length > 0 && !line.StartsWith("// ", StringComparison.Ordinal))
            .Select(TemplateCase.Spell).ToHashSet();
        var different = cases.Where((sample, i) => sample.Expected != outputs[i]).Select(static sample => sample.Template).ToHashSet();

        Assert.Equal([], different.Except(listed));
        Assert.Equal([], listed.Except(different));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Runs a program and returns what it printed, or null if it is missing or fails.</summary>
    private async Task<string?> RunAsync(string program, string input, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            await errors;
            return process.ExitCode == 0 ? await output : null;
        }
        catch (Exception e) when (e is Win32Exception or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
