namespace ApiGateway.Middleware.Tests.Pipeline.Authorization;

/// <summary>The public test suites beside the repository.</summary>
internal static class ConformanceFolder
{
    /// <summary>Finds a file or folder below <c>shared/conformance</c> of some parent folder, or nothing.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "shared/conformance", path) is var found && Path.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}
