using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Languages.Schemas;
using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>The templates, schemas and bodies of the benchmarks. <c>benchmarks/load/Languages/peer.cjs</c> uses the same.</summary>
internal static class Samples
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Languages", "Samples");

    public static Template Template(string name) =>
        Middleware.Languages.Templates.Template.TryParse(Text(name + ".vtl"), TemplateLimits.Default, out var template, out var error)
            ? template
            : throw new InvalidOperationException(error.ToString());

    /// <summary>Returns an order of 15 lines, about 2 KB.</summary>
    public static byte[] Order() => File.ReadAllBytes(Path.Combine(Folder, "order.json"));

    /// <summary>Returns a list of a thousand small items.</summary>
    public static byte[] Items()
    {
        var json = new StringBuilder("{\"items\":[");
        for (var i = 0; i < 1000; i++)
        {
            json.Append(i == 0 ? string.Empty : ",").Append("{\"id\":").Append(i).Append(",\"name\":\"item ").Append(i).Append("\"}");
        }

        return Encoding.UTF8.GetBytes(json.Append("]}").ToString());
    }

    /// <summary>Returns the body that a template works on.</summary>
    public static byte[] BodyOf(string template) => template == "loop" ? Items() : Order();

    /// <summary>Returns the schema of <see cref="Purchase"/>, or of <see cref="Articles"/>.</summary>
    public static JsonSchema Schema(bool ofArticles = false)
    {
        var registry = new SchemaRegistry();
        registry.Add(new Uri("https://models.test/purchase"), Encoding.UTF8.GetBytes(Text("purchase.schema.json")));
        var text = ofArticles
            ? """{ "type": "array", "items": { "$ref": "https://models.test/purchase#/definitions/item" } }"""
            : """{ "$ref": "https://models.test/purchase" }""";
        return JsonSchema.Compile(Encoding.UTF8.GetBytes(text), registry, SchemaOptions.Default, out var errors)
            ?? throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }

    /// <summary>Returns an order of 1 KB.</summary>
    public static byte[] Purchase() => File.ReadAllBytes(Path.Combine(Folder, "purchase.json"));

    /// <summary>Returns a list of 100 KB.</summary>
    public static byte[] Articles() => Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Range(0, 1000).Select(Article))}]");

    private static string Article(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sku":"SKU-{{i:00000}}","name":"Analytical engine part {{i}}","quantity":{{(i % 9) + 1}},"price":{{i + 9}}.95,"gift":{{(i % 2 == 0 ? "true" : "false")}} }""");

    private static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));
}
