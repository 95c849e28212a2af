namespace ApiGateway.Middleware.Definitions;

/// <summary>A model that bodies are validated against; <c>AWS::ApiGateway::Model</c>.</summary>
public sealed class ModelDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="ModelDefinition"/> class.</summary>
    /// <param name="name">The model's name: letters and digits.</param>
    /// <param name="schema">The JSON schema, as JSON text.</param>
    public ModelDefinition(string name, string schema)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(schema);
        Name = name;
        Schema = schema;
    }

    /// <summary>Gets the model's name.</summary>
    public string Name { get; }

    /// <summary>Gets the JSON schema. Other models are referred to as
    /// <c>https://apigateway.amazonaws.com/restapis/{apiId}/models/{Name}</c>.</summary>
    public string Schema { get; }

    /// <summary>Gets or sets the content type. The default is <c>application/json</c>; other types do not validate.</summary>
    public string ContentType { get; set; } = "application/json";

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets or sets whether the schema is of JSON Schema 2020-12, as in OpenAPI 3.1, instead of draft 4.</summary>
    public bool IsDraft2020 { get; set; }
}
