using System.Diagnostics;
using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Hosting;

/// <summary>The host that files alone configure, started as its users start it.</summary>
public sealed class GatewaySampleTests
{
    private const string Listening = "Now listening on: ";
    private const string InForce = "is in force";

    [Fact]
    public async Task Sample_ContentRootFromTheCommandLine_ReadsThereAndReloads()
    {
        using var directory = new SettingsDirectory();
        directory.Write(SettingsDirectory.Answering(201));
        using var elsewhere = new SettingsDirectory();
        elsewhere.Write("no settings at all");
        var start = new ProcessStartInfo("dotnet", [PathOfSample(), "--contentRoot", directory.Path, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = elsewhere.Path,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var url = (await LineWithAsync(process, Listening)).Split(Listening)[1];
            using var client = TestClient.Create(url, isHttp2: false);

            using var mapped = await client.GetAsync("/dev/x");
            using var unmapped = await client.GetAsync("/nothing");
            using var refused = await client.GetAsync("/dev/nothing");
            Assert.Equal(HttpStatusCode.Created, mapped.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, unmapped.StatusCode);
            Assert.Equal("""{"message":"Not Found"}""", await unmapped.Content.ReadAsStringAsync());
            Assert.Equal("application/json", unmapped.Content.Headers.ContentType?.ToString());
            await Refusal.AssertMissingTokenAsync(refused);
            Assert.False(refused.Headers.Contains("Server"));
            Assert.Equal("""{"status":"Healthy","errors":[]}""", await client.GetStringAsync("/healthz"));

            directory.Write(SettingsDirectory.Answering(202));
            await LineWithAsync(process, InForce);
            using var reloaded = await client.GetAsync("/dev/x");
            Assert.Equal(HttpStatusCode.Accepted, reloaded.StatusCode);

            directory.Write("{ half");
            await LineWithAsync(process, "was rejected");
            using var kept = await client.GetAsync("/dev/x");
            Assert.Equal(HttpStatusCode.Accepted, kept.StatusCode);
            Assert.StartsWith("""{"status":"Degraded","errors":["appsettings.json: """, await client.GetStringAsync("/healthz"), StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Sample_DocumentsBesideTheSettings_AreApis()
    {
        using var directory = new SettingsDirectory();
        directory.Write("""{ "ApiGateway": { "Apis": { "named": { "Definition": "named.json", "Stages": { "prod": {} } } } } }""");
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "named.json"), Document(201));
        Directory.CreateDirectory(Path.Combine(directory.Path, "apis"));
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "apis", "orders.json"), Document(202));
        var start = new ProcessStartInfo("dotnet", [PathOfSample(), "--contentRoot", directory.Path, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var url = (await LineWithAsync(process, Listening)).Split(Listening)[1];
            using var client = TestClient.Create(url, isHttp2: false);

            using var named = await client.GetAsync("/prod/x");
            using var inFolder = await client.GetAsync("/orders/dev/x");

            Assert.Equal(HttpStatusCode.Created, named.StatusCode);
            Assert.Equal(HttpStatusCode.Accepted, inFolder.StatusCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Sample_WrongSettings_EndsWithTheErrors()
    {
        using var directory = new SettingsDirectory();
        directory.Write("""{ "ApiGateway": { "Apis": { "api": { "Rotes": {} } } } }""");
        var start = new ProcessStartInfo("dotnet", [PathOfSample(), "--contentRoot", directory.Path, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;

        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync().InTime();
        await process.WaitForExitAsync().InTime();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains("Did you mean 'Routes'?", await errors, StringComparison.Ordinal);
    }

    private static string Document(int status) => $$$"""
        {
          "openapi": "3.0.1",
          "paths": { "/x": { "get": {
            "responses": { "{{{status}}}": { "description": "a" } },
            "x-amazon-apigateway-integration": {
              "type": "mock", "requestTemplates": { "application/json": "{\"statusCode\": {{{status}}}}" },
              "responses": { "default": { "statusCode": "{{{status}}}" } } } } } }
        }
        """;

    [Fact]
    public async Task TestInvoke_MethodOfTheDefinition_PrintsTheExecutionLog()
    {
        using var directory = new SettingsDirectory();
        directory.Write(SettingsDirectory.Answering(201));

        var (code, output, errors) = await RunAsync(
            directory, "--test-invoke", "api", "dev", "GET", "/x?a=b", "--header", "X-One: 1", "--header", "x-api-key:secret", "--body", "text");

        Assert.Equal("", errors);
        Assert.Equal(0, code);
        Assert.StartsWith("Status: 201\nLatency: ", output, StringComparison.Ordinal);
        Assert.Contains("\nExecution log for request ", output, StringComparison.Ordinal);
        Assert.Contains(" UTC ", output, StringComparison.Ordinal);
        Assert.Contains(" : Method request query string: {a=b}\n", output, StringComparison.Ordinal);
        Assert.Contains(" : Method request headers: {X-One=1, x-api-key=********}\n", output, StringComparison.Ordinal);
        Assert.Contains(" : Method request body before transformations: text\n", output, StringComparison.Ordinal);
        Assert.EndsWith(" : Method completed with status: 201\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no API 'other'. APIs: api.", "--test-invoke", "other", "dev", "GET", "/x")]
    [InlineData("The path '/y' fits no resource of API 'api'. Resources: /x.", "--test-invoke", "api", "dev", "GET", "/y")]
    [InlineData("--test-invoke needs four words. Usage: ", "--test-invoke", "api", "dev", "GET")]
    [InlineData("--header needs NAME:VALUE, but has 'X'. Usage: ", "--test-invoke", "api", "dev", "GET", "/x", "--header", "X")]
    public async Task TestInvoke_NotInTheDefinition_EndsWithTheReason(string message, params string[] args)
    {
        using var directory = new SettingsDirectory();
        directory.Write(SettingsDirectory.Answering(200));

        var (code, output, errors) = await RunAsync(directory, args);

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(SettingsDirectory directory, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [PathOfSample(), "--contentRoot", directory.Path, .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().InTime();
        await process.WaitForExitAsync().InTime();
        return (process.ExitCode, output, await errors);
    }

    private static async Task<string> LineWithAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync().InTime() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without a line that has '{text}'.");
    }

    // tests/<project>/bin/<configuration>/<framework>/ is where this assembly is; the sample is built the same way.
    private static string PathOfSample()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, "samples", "Gateway", "bin", framework.Parent.Name, framework.Name, "Gateway.dll");
    }
}
