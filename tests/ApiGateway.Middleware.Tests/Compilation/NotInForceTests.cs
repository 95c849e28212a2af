using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class NotInForceTests
{
    [Fact]
    public void Report_FeatureOfSeveralMethods_IsToldOnceWhereItIsFirstUsed()
    {
        var api = Compiled.Mocks("api", "GET /a", "GET /b", "GET /c");
        foreach (var (method, line) in api.Methods.Skip(1).Zip([7, 9]))
        {
            method.Integration!.CacheNamespace = "shared";
            method.Integration.Origin = new DefinitionOrigin("api.yaml", "$", line);
        }

        var errors = new DefinitionErrors();
        NotInForce.Report(api, new DefinitionOrigin("code", "api"), errors);

        var warning = Assert.Single(errors.Warnings, static warning => warning.Message.Contains("cache parameters", StringComparison.Ordinal));
        Assert.Equal("api.yaml(7): $ API 'api' has cache parameters, which this version keeps but does not carry out.", warning.ToString());
    }

    [Fact]
    public void Report_PlainApi_TellsNothing()
    {
        var errors = new DefinitionErrors();

        NotInForce.Report(Compiled.Mocks("api", "GET /a"), new DefinitionOrigin("code", "api"), errors);

        Assert.Empty(errors.Warnings);
    }
}
