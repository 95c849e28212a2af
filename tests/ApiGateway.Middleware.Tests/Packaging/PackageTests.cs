using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using ApiGateway.Middleware.Tests.Architecture;

namespace ApiGateway.Middleware.Tests.Packaging;

/// <summary>What a user gets: the package, and a new application that uses it.</summary>
[Collection(nameof(PackagingCollection))]
public sealed class PackageTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ApiGateway.Middleware" Version="VERSION" />
          </ItemGroup>
        </Project>
        """;

    // The package comes from the folder; a folder for packages of its own keeps an earlier build of the same version out.
    private const string Sources = """
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="packages" />
          </config>
          <packageSources>
            <add key="built" value="FEED" />
          </packageSources>
          <packageSourceMapping>
            <packageSource key="built">
              <package pattern="ApiGateway.*" />
            </packageSource>
            <packageSource key="nuget.org">
              <package pattern="*" />
            </packageSource>
          </packageSourceMapping>
        </configuration>
        """;

    private const string Program = """
        using ApiGateway.Middleware.Hosting;

        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddApiGateway().AddRestApi("shop", api => api
            .Map("ANY /products/{proxy+}", method => method.InProcess())
            .Map("GET /status", method => method.Mock(204))
            .Stage("prod"));

        var app = builder.Build();
        app.UseApiGateway();
        app.MapGet("/products/{id:int}", (int id) => $"Product {id}");

        await app.RunAsync();
        """;

    [Fact]
    public async Task Package_InANewApplication_AnswersRequests()
    {
        using var folder = new TemporaryFolder();
        var feed = folder.Below("feed");
        await DotnetCommand.RunAsync(
            SourceTree.LibraryFolder, "pack", "-c", "Release", "-o", feed, "--artifacts-path", folder.Below("artifacts"));
        var version = CheckPackage(feed);
        CheckSymbols(feed);

        var shop = Directory.CreateDirectory(folder.Below("Shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "Shop.csproj"), Project.Replace("VERSION", version, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(shop, "nuget.config"), Sources.Replace("FEED", feed, StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(shop, "Program.cs"), Program);
        await DotnetCommand.RunAsync(shop, "build", "-c", "Release", "-o", folder.Below("out"));
        using var server = await ServerProcess.StartAsync("dotnet", shop, folder.Below("out/Shop.dll"));

        Assert.Equal("Product 7", await server.Client.GetStringAsync("/prod/products/7"));
        using var status = await server.Client.GetAsync("/prod/status");
        Assert.Equal(HttpStatusCode.NoContent, status.StatusCode);
        using var unknown = await server.Client.GetAsync("/prod/unknown");
        Assert.Equal("{\"message\":\"Missing Authentication Token\"}", await unknown.Content.ReadAsStringAsync());
    }

    private static string CheckPackage(string feed)
    {
        using var package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed, "*.nupkg")));
        Assert.NotNull(package.GetEntry("README.md"));
        Assert.NotNull(package.GetEntry("lib/net10.0/ApiGateway.Middleware.dll"));
        Assert.NotNull(package.GetEntry("lib/net10.0/ApiGateway.Middleware.xml"));

        using var stream = package.GetEntry("ApiGateway.Middleware.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().First();
        string? Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal("ApiGateway.Middleware", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEmpty(Value("description")!);
        Assert.NotEmpty(Value("tags")!);

        // Nothing but ASP.NET Core itself, and what verifies the signatures of tokens.
        Assert.Equal(
            ["Microsoft.IdentityModel.Tokens"],
            metadata.Descendants().Where(static element => element.Name.LocalName == "dependency").Select(static element => element.Attribute("id")!.Value));
        return Value("version")!;
    }

    private static void CheckSymbols(string feed)
    {
        using var symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(feed, "*.snupkg")));
        Assert.NotNull(symbols.GetEntry("lib/net10.0/ApiGateway.Middleware.pdb"));
    }
}
