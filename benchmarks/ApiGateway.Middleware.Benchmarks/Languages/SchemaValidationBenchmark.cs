using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Languages.Schemas;
using BenchmarkDotNet.Attributes;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>What does it cost to validate a body, beside merely reading it?</summary>
[MemoryDiagnoser]
public class SchemaValidationBenchmark
{
    private const string Order =
        """
        {
          "type": "object",
          "required": ["orderId", "customer", "items", "currency"],
          "additionalProperties": false,
          "definitions": {
            "address": {
              "type": "object",
              "required": ["street", "city", "country"],
              "properties": {
                "street": { "type": "string", "minLength": 1, "maxLength": 100 },
                "city": { "type": "string", "minLength": 1 },
                "zip": { "type": "string", "maxLength": 10 },
                "country": { "enum": ["DE", "FR", "US", "GB"] }
              }
            },
            "item": {
              "type": "object",
              "required": ["sku", "quantity", "price"],
              "properties": {
                "sku": { "type": "string", "minLength": 3, "maxLength": 20 },
                "name": { "type": "string" },
                "quantity": { "type": "integer", "minimum": 1, "maximum": 1000 },
                "price": { "type": "number", "minimum": 0 },
                "gift": { "type": "boolean" }
              }
            }
          },
          "properties": {
            "orderId": { "type": "string" },
            "customer": {
              "type": "object",
              "required": ["id", "name"],
              "properties": {
                "id": { "type": "integer", "minimum": 1 },
                "name": { "type": "string", "minLength": 1, "maxLength": 80 },
                "email": { "type": "string" },
                "billing": { "$ref": "#/definitions/address" },
                "shipping": { "$ref": "#/definitions/address" }
              }
            },
            "items": { "type": "array", "minItems": 1, "maxItems": 1000, "items": { "$ref": "#/definitions/item" } },
            "currency": { "type": "string", "minLength": 3, "maxLength": 3 },
            "note": { "type": ["string", "null"] }
          }
        }
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private JsonSchema _schema = null!;
    private byte[] _body = [];

    /// <summary>Gets or sets the body: an order of 1 KB in one line or with indentation, or a list of 100 KB.</summary>
    [Params("order", "list", "indented")]
    public string Body { get; set; } = "order";

    [GlobalSetup]
    public void Setup()
    {
        var options = SchemaOptions.Default;
        var registry = new SchemaRegistry();
        registry.Add(new Uri("https://models.test/order"), Encoding.UTF8.GetBytes(Order));
        var schema = Body == "list"
            ? """{ "type": "array", "items": { "$ref": "https://models.test/order#/definitions/item" } }"""
            : """{ "$ref": "https://models.test/order" }""";
        _schema = JsonSchema.Compile(Encoding.UTF8.GetBytes(schema), registry, options, out _)!;
        _body = Encoding.UTF8.GetBytes(Body switch
        {
            "list" => $"[{Items(1000)}]",
            "indented" => JsonSerializer.Serialize(
                JsonSerializer.Deserialize<JsonElement>(OrderBody()), Indented),
            _ => OrderBody(),
        });

        if (!Validate() || ReadTokens() == 0 || ParseAndWalk() == 0)
        {
            throw new InvalidOperationException("The body must be valid.");
        }
    }

    [Benchmark(Baseline = true)]
    public int ReadTokens()
    {
        var reader = new Utf8JsonReader(_body);
        var count = 0;
        while (reader.Read())
        {
            count++;
        }

        return count;
    }

    [Benchmark]
    public bool Validate() => _schema.IsValid(_body);

    [Benchmark]
    public int ParseAndWalk()
    {
        using var document = JsonDocument.Parse(_body);
        return Walk(document.RootElement);
    }

    private static int Walk(JsonElement element)
    {
        var count = 1;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    count += Walk(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    count += Walk(item);
                }

                break;
        }

        return count;
    }

    private static string OrderBody() =>
        $$$"""
        {"orderId":"7f3c2a90-55aa-4c1e-9d53-1c0b6a2f8e11","customer":{"id":48211,"name":"Ada Lovelace","email":"ada@example.com",
        "billing":{"street":"12 St James's Square","city":"London","zip":"SW1Y 4JH","country":"GB"},
        "shipping":{"street":"Unter den Linden 77","city":"Berlin","zip":"10117","country":"DE"}},
        "items":[{{{Items(6)}}}],"currency":"EUR","note":null}
        """.ReplaceLineEndings("");

    private static string Items(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"sku":"SKU-{{i:00000}}","name":"Analytical engine part {{i}}","quantity":{{(i % 9) + 1}},"price":{{i + 9}}.95,"gift":{{(i % 2 == 0 ? "true" : "false")}} }""")));
}
