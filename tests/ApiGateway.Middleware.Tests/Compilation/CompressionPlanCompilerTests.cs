using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Compilation;

public sealed class CompressionPlanCompilerTests
{
    private static readonly DefinitionOrigin Origin = new("code", "api");

    [Fact]
    public void Compile_NoMinimum_IsNoPlan()
    {
        var errors = new DefinitionErrors();

        Assert.Null(CompressionPlanCompiler.Compile(new RestApiDefinition("api"), Origin, errors));

        Assert.Empty(errors.Errors);
        Assert.Empty(errors.Warnings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_485_760)]
    public void Compile_MinimumInRange_IsThePlan(int size)
    {
        var errors = new DefinitionErrors();
        var api = new RestApiDefinition("api") { MinimumCompressionSize = size, BrotliCompression = true };

        Assert.Equal(new CompressionPlan(size, AllowsBrotli: true), CompressionPlanCompiler.Compile(api, Origin, errors));

        Assert.Empty(errors.Errors);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10_485_761)]
    public void Compile_MinimumOutOfRange_IsAnError(int size)
    {
        var errors = new DefinitionErrors();

        Assert.Null(CompressionPlanCompiler.Compile(new RestApiDefinition("api") { MinimumCompressionSize = size }, Origin, errors));

        var error = Assert.Single(errors.Errors);
        Assert.Contains("MinimumCompressionSize", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"Invalid minimum compression size, must be between 0 and 10485760, but it is {size}.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_BrotliWithoutMinimum_IsAWarning()
    {
        var errors = new DefinitionErrors();

        Assert.Null(CompressionPlanCompiler.Compile(new RestApiDefinition("api") { BrotliCompression = true }, Origin, errors));

        Assert.Contains("no effect", Assert.Single(errors.Warnings).ToString(), StringComparison.Ordinal);
    }
}
