using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Samples;

/// <summary>Samples, started as their users start them, answer as their READMEs say.</summary>
public sealed class ReadmeTests
{
    private const string DocumentedUrl = "http://127.0.0.1:5080";

    [Theory]
    [InlineData("RestApiWithJwt", 7, "ApiGateway__Apis__orders__Authorizers__staff__JwtConfiguration__Issuers__0__Issuer", "/issuer")]
    [InlineData("HttpApiWithJwt", 7, "ApiGateway__Apis__notes__Import__Substitutions__Issuer", "/login")]
    public async Task Sample_CommandsOfTheReadme_AnswerAsWritten(string name, int count, string issuerSetting, string issuerPath)
    {
        Assert.SkipUnless(HasTools(), "bash or curl is not installed.");
        var url = $"http://127.0.0.1:{FreePort()}";
        using var sample = Start(name, url, (issuerSetting, $"{url}{issuerPath}"));
        try
        {
            var commands = SampleReadme.Read(Path.Combine(FolderOf(name), "README.md"));
            var answers = await RunAsync(SampleReadme.ScriptOf(commands.Select(command => command.Command.Replace(DocumentedUrl, url, StringComparison.Ordinal))));

            Assert.Equal(count, commands.Count(static command => command.Answer.Length > 1));
            for (var i = 0; i < commands.Count; i++)
            {
                var answer = string.Join('\n', answers[i]);
                Assert.All(commands[i].Answer, line => Assert.True(answers[i].Contains(line), $"{commands[i].Command}\n{answer}\nhas no line\n{line}"));
            }
        }
        finally
        {
            sample.Kill();
        }
    }

    private static async Task<string[][]> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync().InTime();
        await errors.InTime();
        return SampleReadme.Cut(output);
    }

    private static Process Start(string sample, string url, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [PathOf(sample), "--contentRoot", FolderOf(sample), "--urls", url]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains("Now listening on: ", StringComparison.Ordinal))
            {
                return process;
            }
        }

        process.Dispose();
        throw new InvalidOperationException($"The sample {sample} does not listen at {url}.");
    }

    private static bool HasTools() => new[] { "bash", "curl" }.All(static tool =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool))));

    // The issuer's address stands in the settings, so that the port must be known before the start.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static DirectoryInfo Framework => new(AppContext.BaseDirectory);

    private static string FolderOf(string sample) =>
        Path.Combine(Framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName, "samples", sample);

    // tests/<project>/bin/<configuration>/<framework>/ is where this assembly is; the sample is built the same way.
    private static string PathOf(string sample) =>
        Path.Combine(FolderOf(sample), "bin", Framework.Parent!.Name, Framework.Name, sample + ".dll");
}
