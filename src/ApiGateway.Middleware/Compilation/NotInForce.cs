using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Tells once per API what its definition has and this version keeps, but does not carry out.</summary>
internal static class NotInForce
{
    public static void Report(RestApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
    {
        var features = new List<string>();
        Add(features, "compression", api.MinimumCompressionSize is not null);
        Add(features, "binary media types", api.BinaryMediaTypes.Count > 0);
        Add(features, "customized gateway responses", api.GatewayResponses.Count > 0);
        Add(features, "CORS", api.Cors is not null);
        Add(features, "request validation", api.Methods.Any(static method => method.RequestValidatorId is not null));
        if (features.Count > 0)
        {
            errors.Warn(origin, $"API '{api.Name}' has {string.Join(", ", features)}, which this version keeps but does not carry out.");
        }
    }

    private static void Add(List<string> features, string name, bool isUsed)
    {
        if (isUsed)
        {
            features.Add(name);
        }
    }
}
