using System.Diagnostics;
using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Export;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class SpeedTests(ITestOutputHelper output)
{
    private const int Paths = 300;
    private const int Bytes = 2_000_000;

    // Twenty times what a quiet machine needs at most; the figures are in the output.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(OpenApiSyntax.Json)]
    [InlineData(OpenApiSyntax.Yaml)]
    public void Import_LargeDocument_IsFast(OpenApiSyntax syntax)
    {
        var utf8 = Encoding.UTF8.GetBytes(Large(syntax));
        var source = syntax == OpenApiSyntax.Json ? "large.json" : "large.yaml";
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            var errors = new DefinitionErrors();
            var api = new OpenApiImporter(new()).Import("large", utf8, source, errors);
            best = clock.Elapsed < best ? clock.Elapsed : best;
            Assert.Equal(Paths * 2, api!.Methods.Count);
        }

        output.WriteLine($"{syntax}: {utf8.Length / 1e6:0.00} MB, {Paths} paths, {best.TotalMilliseconds:0} ms.");
        Assert.InRange(utf8.Length, Bytes, Bytes * 2);
        Assert.True(best < Bound, $"{syntax} took {best}.");
    }

    private static string Large(OpenApiSyntax syntax)
    {
        var api = new RestApiDefinition("large") { Version = "1" };
        for (var i = 0; i < Paths; i++)
        {
            var properties = string.Join(',', Enumerable.Range(0, 60).Select(static p => $"\"property{p}\":{{\"type\":\"string\",\"maxLength\":{p}}}"));
            api.Models[$"Model{i}"] = new ModelDefinition($"Model{i}", $"{{\"type\":\"object\",\"properties\":{{{properties}}}}}");
            foreach (var name in new[] { "GET", "POST" })
            {
                var method = new MethodDefinition(name, $"/path{i}/{{id}}")
                {
                    Integration = new(Contracts.IntegrationKind.Http) { IntegrationHttpMethod = name, Uri = "http://localhost/x" },
                };
                method.Integration.RequestTemplates["application/json"] = new string('t', 700);
                method.RequestParameters["method.request.path.id"] = true;
                method.RequestModels["application/json"] = $"Model{i}";
                method.MethodResponses["200"] = new("200");
                method.Integration.IntegrationResponses.Add(new("200"));
                api.Methods.Add(method);
            }
        }

        return new OpenApiExporter(new() { Syntax = syntax }).Export(api, "dev").Text;
    }
}
