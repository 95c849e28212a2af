using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class StageCompilerTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(0, false)]
    [InlineData(129, false)]
    public void Compile_NameOfLength_IsLimited(int length, bool isValid) => AssertValid(WithStage(new string('a', length)), isValid);

    [Theory]
    [InlineData("v1_a-B", true)]
    [InlineData("v1.0", false)]
    [InlineData("$default", false)]
    [InlineData("a/b", false)]
    [InlineData("\u00e4", false)]
    public void Compile_NameWithCharacters_IsLimited(string name, bool isValid) => AssertValid(WithStage(name), isValid);

    [Theory]
    [InlineData(64, 512, true)]
    [InlineData(65, 1, false)]
    [InlineData(0, 1, false)]
    [InlineData(1, 513, false)]
    public void Compile_VariableOfLength_IsLimited(int name, int value, bool isValid) =>
        AssertValid(WithStage("dev", (new string('n', name), new string('v', value))), isValid);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Compile_Variables_AreLimited(int count, bool isValid) =>
        AssertValid(WithStage("dev", [.. Enumerable.Range(0, count).Select(static i => ($"v{i}", "x"))]), isValid);

    [Fact]
    public void Compile_VariableNameWithHyphen_IsAnError() => AssertValid(WithStage("dev", ("a-b", "x")), isValid: false);

    [Fact]
    public void Compile_ValueThatTheServiceRefuses_IsAWarning()
    {
        var errors = Compiled.Errors(WithStage("dev", ("a", "b c")));

        Assert.Empty(errors.Errors);
        Assert.Equal("code: Apis:api:Stages:dev:Variables:a", Assert.Single(errors.Warnings).Origin.ToString());
    }

    [Fact]
    public void Compile_NoStage_IsAWarning()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Stages.Clear();

        var errors = Compiled.Errors(api);

        Assert.Empty(errors.Errors);
        Assert.Contains("has no stage", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    private static RestApiDefinition WithStage(string name, params (string Name, string Value)[] variables)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Stages.Clear();
        api.Stages[name] = new StageDefinition(name);
        foreach (var (key, value) in variables)
        {
            api.Stages[name].Variables[key] = value;
        }

        return api;
    }

    private static void AssertValid(RestApiDefinition api, bool isValid) =>
        Assert.Equal(isValid ? 0 : 1, Compiled.Errors(api).Errors.Count);
}
