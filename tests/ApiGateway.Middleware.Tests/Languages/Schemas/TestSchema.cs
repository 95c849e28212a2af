using System.Text;
using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

/// <summary>Compiles schemas that must be right, from readable text.</summary>
internal static class TestSchema
{
    public static readonly SchemaOptions Draft4 = SchemaOptions.Default;
    public static readonly SchemaOptions Modern = new() { Dialect = SchemaDialect.Draft202012 };

    public static JsonSchema Compile(string schema, SchemaOptions? options = null, SchemaRegistry? registry = null)
    {
        var compiled = JsonSchema.Compile(Encoding.UTF8.GetBytes(schema), registry ?? new SchemaRegistry(), options ?? Draft4, out var errors);
        Assert.True(compiled is not null, string.Join(Environment.NewLine, errors));
        return compiled;
    }

    public static IReadOnlyList<SchemaError> Errors(string schema, SchemaOptions? options = null, SchemaRegistry? registry = null)
    {
        var compiled = JsonSchema.Compile(Encoding.UTF8.GetBytes(schema), registry ?? new SchemaRegistry(), options ?? Draft4, out var errors);
        Assert.Null(compiled);
        return errors;
    }

    public static bool IsValid(this JsonSchema schema, string body) => schema.IsValid(Encoding.UTF8.GetBytes(body));

    public static string Explain(this JsonSchema schema, string body) => schema.Explain(Encoding.UTF8.GetBytes(body));
}
