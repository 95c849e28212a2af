using System.Runtime.CompilerServices;

namespace ApiGateway.Middleware.Tests.Architecture;

/// <summary>The library's source files.</summary>
internal static class SourceTree
{
    private const string Library = "ApiGateway.Middleware";

    /// <summary>Gets the root of the repository: the folder with the solution, above the built test or above its source.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory) ?? Above(Path.GetDirectoryName(ThisFile())!)
        ?? throw new InvalidOperationException("The sources are not there: no folder above the test has ApiGateway.sln.");

    public static string LibraryFolder => Path.Combine(Root, "src", Library);

    /// <summary>Gets the files of the library without what the build makes.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } =
    [
        .. Directory.EnumerateFiles(LibraryFolder, "*.cs", SearchOption.AllDirectories)
            .Select(static path => new SourceFile(Path.GetRelativePath(LibraryFolder, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(static file => file.TopFolder is not ("obj" or "bin"))
            .OrderBy(static file => file.Path, StringComparer.Ordinal),
    ];

    private static string? Above(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ApiGateway.sln")))
            {
                return folder;
            }
        }

        return null;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
