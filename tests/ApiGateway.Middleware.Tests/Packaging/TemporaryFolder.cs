namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>A folder outside the repository, so that none of its build files apply; removed at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("api-gateway-test-").FullName;

    public string Below(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
