namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>A content root with an <c>appsettings.json</c> that a test rewrites.</summary>
internal sealed class SettingsDirectory : IDisposable
{
    public SettingsDirectory() => Path = Directory.CreateTempSubdirectory("api-gateway-test-").FullName;

    public string Path { get; }

    public string File => System.IO.Path.Combine(Path, "appsettings.json");

    /// <summary>Gives an API <c>api</c> with stage <c>dev</c>, whose only route <c>GET /x</c> answers with a status.</summary>
    public static string Answering(int status) => Routes($$"""
        "GET /x": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": {{status}}}" } } }
        """);

    public static string Routes(string routes) =>
        $$"""{ "ApiGateway": { "Apis": { "api": { "Routes": { {{routes}} }, "Stages": { "dev": {} } } } } }""";

    public void Write(string json) => System.IO.File.WriteAllText(File, json);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
