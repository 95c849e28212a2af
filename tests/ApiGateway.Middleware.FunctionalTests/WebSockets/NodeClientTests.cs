using System.Diagnostics;
using System.Text.Json;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>A client that shares no code with the gateway: <c>ws</c>, and the service's SDK for JavaScript, signed.</summary>
public sealed class NodeClientTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Packages = """{"private":true,"dependencies":{"ws":"8.23.0","@aws-sdk/client-apigatewaymanagementapi":"3.1169.0"}}""";

    [Fact]
    public async Task WsAndSdk_PostReadAndDelete()
    {
        var folder = Directory.CreateTempSubdirectory("api-gateway-node-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "package.json"), Packages, TestContext.Current.CancellationToken);
            File.Copy(Path.Combine(AppContext.BaseDirectory, "WebSockets", "client.cjs"), Path.Combine(folder.FullName, "client.cjs"));
            Assert.SkipUnless(await TryRunAsync(folder, "node", "--version") is { Code: 0 }, "node is not installed.");
            Assert.SkipUnless(
                await TryRunAsync(folder, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error") is { Code: 0 }, "npm is not installed, or cannot fetch its packages.");
            var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"execute-api:ManageConnections","Resource":"arn:aws:execute-api:*:*:chat/prod/*/@connections/*"}]}""";
            await using var api = await new ChatApi()
                .Gateway(static gateway => gateway.AddWebSocketHandler("who", static async message => await message.ReplyAsync(message.ConnectionId)))
                .StartAsync(
                    """ "who": { "Integration": { "Type": "IN_PROCESS", "Handler": "who" } } """, access: "AWS_IAM",
                    more: $$"""
                    "Credentials": { "{{Id}}": { "SecretAccessKey": "{{Secret}}", "PrincipalArn": "arn:aws:iam::123456789012:user/ann", "Policies": [ {{JsonSerializer.Serialize(policy)}} ] } },
                    """);

            var (code, output) = await TryRunAsync(folder, "node", "client.cjs", $"{api.Host.Port}", Id, Secret);

            Assert.True(code == 0, output);
            Assert.Equal(
                """{"extensions":"","posted":["hi é",false],"large":100000,"found":["127.0.0.1","node",true,true],"tooLarge":["PayloadTooLargeException",413],"""
                + """ "forbidden":["InvalidSignatureException",403],"closed":[1000,"Connection Closed Normally"],"gone":["GoneException",410]}""".TrimStart(),
                output.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> TryRunAsync(DirectoryInfo folder, string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return (-1, "It took too long.");
            }

            // Warnings of the runtime do not count.
            var (said, complained) = (await output, await error);
            return (process.ExitCode, process.ExitCode == 0 ? said : said + complained);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return (-1, exception.Message);
        }
    }
}
