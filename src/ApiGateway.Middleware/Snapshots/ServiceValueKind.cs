namespace ApiGateway.Middleware.Snapshots;

/// <summary>How a parameter of a service action stands in the JSON that the service reads.</summary>
internal enum ServiceValueKind
{
    Text,
    Number,

    /// <summary>JSON as it is.</summary>
    Json,

    /// <summary>A list in JSON; any other text is its one item.</summary>
    List,

    /// <summary>Bytes: the text in base64.</summary>
    Bytes,
}
