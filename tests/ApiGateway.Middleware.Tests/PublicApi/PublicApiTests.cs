using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Tests.Architecture;

namespace ApiGateway.Middleware.Tests.PublicApi;

public sealed class PublicApiTests
{
    private const string Update = "UPDATE_PUBLIC_API";

    [Fact]
    public void Assembly_Always_ShowsWhatPublicApiTxtLists()
    {
        var file = Path.Combine(SourceTree.LibraryFolder, "PublicAPI.txt");
        var found = PublicApiDump.Of(typeof(ApiGatewayOptions).Assembly);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(file, found);
        }

        var listed = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";

        var added = found.Split('\n').Except(listed.Split('\n'));
        var removed = listed.Split('\n').Except(found.Split('\n'));
        Assert.True(
            found == listed,
            $"The public API is not what {file} lists. If that is meant, run this test once with {Update}=1 and commit the file.\n" +
            $"Added:\n{string.Join('\n', added)}\nRemoved:\n{string.Join('\n', removed)}");
    }
}
