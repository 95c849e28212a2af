using System.Text.Json;
using ApiGateway.Middleware.Languages.Schemas;
using BenchmarkDotNet.Attributes;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>What does it cost to validate a body, beside merely reading it?</summary>
[MemoryDiagnoser]
public class SchemaValidationBenchmark
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private JsonSchema _schema = null!;
    private byte[] _body = [];

    /// <summary>Gets or sets the body: an order of 1 KB in one line or with indentation, or a list of 100 KB.</summary>
    [Params("order", "list", "indented")]
    public string Body { get; set; } = "order";

    [GlobalSetup]
    public void Setup()
    {
        _schema = Samples.Schema(ofArticles: Body == "list");
        _body = Body switch
        {
            "list" => Samples.Articles(),
            "indented" => JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<JsonElement>(Samples.Purchase()), Indented),
            _ => Samples.Purchase(),
        };

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
    public int Parse()
    {
        using var document = JsonDocument.Parse(_body);
        return (int)document.RootElement.ValueKind;
    }

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
}
