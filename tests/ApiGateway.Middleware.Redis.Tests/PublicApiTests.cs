using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Tests.PublicApi;

namespace ApiGateway.Middleware.Redis.Tests;

public sealed class PublicApiTests
{
    private const string Update = "UPDATE_PUBLIC_API";

    [Fact]
    public void Assembly_Always_ShowsWhatPublicApiTxtLists()
    {
        var found = PublicApiDump.Of(typeof(ApiGatewayRedisExtensions).Assembly);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../src/ApiGateway.Middleware.Redis/PublicAPI.txt"), found);
            return;
        }

        var listed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "PublicAPI.txt")).ReplaceLineEndings("\n");

        Assert.True(
            found == listed,
            $"The public API is not what PublicAPI.txt lists. If that is meant, run this test once with {Update}=1 and commit the file. Found:\n{found}");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
