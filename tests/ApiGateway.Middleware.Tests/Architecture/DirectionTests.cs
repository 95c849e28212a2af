namespace ApiGateway.Middleware.Tests.Architecture;

/// <summary>Data flows one way: definitions, compilation, snapshots, pipeline, integrations.</summary>
public sealed class DirectionTests
{
    // What a folder may use, besides itself. Hosting may use everything; nothing uses Hosting.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Buffers"] = [],
        ["Contracts"] = [],
        ["Languages"] = ["Buffers"],
        ["State"] = ["Contracts", "Buffers"],
        ["Signing"] = ["Contracts", "Buffers"],
        ["Definitions"] = ["Contracts"],
        ["Snapshots"] = ["Contracts", "Languages", "Buffers"],
        ["Compilation"] = ["Definitions", "Snapshots", "Contracts", "Languages", "Telemetry"],
        ["Context"] = ["Snapshots", "Contracts", "Languages", "Buffers"],
        ["Telemetry"] = ["Snapshots", "Contracts"],
        ["Responses"] = ["Context", "Snapshots", "Languages", "Telemetry", "Contracts", "Buffers"],
        ["Integrations"] = ["Context", "Snapshots", "State", "Languages", "Responses", "Telemetry", "Contracts", "Buffers", "Signing"],
        ["Pipeline"] = ["Context", "Snapshots", "State", "Languages", "Responses", "Telemetry", "Contracts", "Buffers", "Integrations", "Signing"],
        ["WebSockets"] = ["Context", "Snapshots", "State", "Languages", "Responses", "Telemetry", "Contracts", "Buffers", "Integrations", "Pipeline"],
    };

    private static readonly string[] RequestFolders = ["Pipeline", "Integrations", "WebSockets", "Responses"];

    // Definitions carry the kind, snapshots hold it for these readers.
    private static readonly string[] KindFolders = ["Contracts", "Definitions", "Compilation", "Snapshots", "Responses", "Telemetry", "Hosting"];

    private static readonly string[] AnswersOfSteps =
        [".StatusCode =", ".Body.Write", ".BodyWriter", ".WriteAsync(", ".ContentLength =", "metrics.Rejected", ".Abort()"];

    // Hand on the answers of others in another form; what they refuse goes through the writer, too.
    private static readonly string[] CarriersOfAnswers = ["Pipeline/Caching", "Pipeline/Compression"];

    [Fact]
    public void Folders_Each_UsesOnlyWhatLiesBelow()
    {
        var folders = SourceTree.Files.Select(static file => file.TopFolder).Where(static folder => folder.Length > 0).Distinct().ToList();
        var wrong = new List<string>();
        foreach (var file in SourceTree.Files.Where(static file => file.TopFolder is not ("" or "Hosting")))
        {
            Assert.True(Allowed.TryGetValue(file.TopFolder, out var allowed), $"Say in this test what the folder '{file.TopFolder}' may use.");
            foreach (var used in file.Uses(folders))
            {
                if (used != file.TopFolder && !allowed.Contains(used))
                {
                    wrong.Add($"{file.Path} uses {used}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void RequestCode_Never_MentionsDefinitions()
    {
        var wrong = SourceTree.Files
            .Where(static file => RequestFolders.Contains(file.TopFolder) && file.Uses(["Definitions"]).Any())
            .Select(static file => file.Path);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Steps_Never_UseEachOther()
    {
        // A step may have folders of its own.
        static string StepOf(SourceFile file) => string.Join('/', file.Folder.Split('/').Take(2));
        var steps = SourceTree.Files.Where(static file => file.Folder.StartsWith("Pipeline/", StringComparison.Ordinal))
            .Select(StepOf).Distinct().ToList();
        var wrong = SourceTree.Files
            .Where(file => steps.Contains(StepOf(file)))
            .SelectMany(file => file.Uses(steps).Where(used => used != StepOf(file)).Select(used => $"{file.Path} uses {used}"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void ApiKind_IsRead_OnlyWherePlansAndDefaultBodiesAreMade()
    {
        var wrong = SourceTree.Files
            .Where(static file => !KindFolders.Contains(file.TopFolder) && file.Code.Contains("ApiKind", StringComparison.Ordinal))
            .Select(static file => file.Path);

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("ApiKind")]
    [InlineData("Api.Kind")]
    [InlineData("HttpRouteTable")]
    [InlineData("ResourceTable")]
    [InlineData("HttpApi")]
    [InlineData("RestApi")]
    public void RequestCode_Never_AsksForTheKindOfApi(string mention)
    {
        // What differs between kinds is data in the snapshots, chosen by their compilers.
        string[] folders = ["Pipeline", "Integrations", "Responses", "Context", "WebSockets"];
        var wrong = SourceTree.Files
            .Where(file => folders.Contains(file.TopFolder) && file.Code.Contains(mention, StringComparison.Ordinal))
            .Select(static file => file.Path);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Steps_Never_AnswerThemselves()
    {
        var wrong = SourceTree.Files
            .Where(static file => file.Folder.StartsWith("Pipeline/", StringComparison.Ordinal) && !CarriersOfAnswers.Contains(file.Folder))
            .SelectMany(static file => AnswersOfSteps
                .Where(answer => file.Code.Contains(answer, StringComparison.Ordinal))
                .Select(answer => $"{file.Path} has '{answer}'"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespace_Always_EqualsFolder()
    {
        var wrong = SourceTree.Files
            .Where(static file => file.Namespace is { } name
                && name != (file.Folder.Length == 0 ? "ApiGateway.Middleware" : $"ApiGateway.Middleware.{file.Folder.Replace('/', '.')}"))
            .Select(static file => $"{file.Path} has {file.Namespace}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void SnapshotSource_IsReadByTheEntryAndTheLoaderAlone()
    {
        var readers = SourceTree.Files
            .Where(static file => file.TopFolder is not ("Hosting" or "Compilation" or "Snapshots")
                && file.Code.Contains("SnapshotSource", StringComparison.Ordinal))
            .Select(static file => file.Path);

        Assert.Equal(["Pipeline/GatewayMiddleware.cs", "WebSockets/Messages/MessageRunner.cs"], readers);
    }

    [Theory]
    [InlineData("using ApiGateway.Middleware.Definitions;", true)]
    [InlineData("using static ApiGateway.Middleware.Definitions.X;", true)]
    [InlineData("var x = new Definitions.X();", true)]
    [InlineData("var x = context.Definitions.X;", false)]
    [InlineData("// using ApiGateway.Middleware.Definitions;", false)]
    [InlineData("var x = \"Definitions.X\";", false)]
    [InlineData("using ApiGateway.Middleware.DefinitionsOfOthers;", false)]
    public void Uses_Line_TellsUseFromMention(string line, bool uses) =>
        Assert.Equal(uses, new SourceFile("A/B.cs", line).Uses(["Definitions"]).Any());
}
