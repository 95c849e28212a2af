using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>What answers operations that say nothing about it, if the options do.</summary>
internal static class DefaultIntegration
{
    /// <summary>The validator that documents without extensions get.</summary>
    public const string ValidatorName = "params-and-body";

    public static IntegrationDefinition? Create(ImportContext context, DocumentNode operation, string path)
    {
        if (context.Options.DefaultIntegration is not { Length: > 0 } text)
        {
            return null;
        }

        var origin = context.OriginOf(operation);
        if (text.Equals("IN_PROCESS", StringComparison.OrdinalIgnoreCase))
        {
            return new IntegrationDefinition(IntegrationKind.InProcess) { Origin = origin };
        }

        return new IntegrationDefinition(IntegrationKind.HttpProxy)
        {
            Origin = origin,
            // The backend's address names a path variable without the sign of greed.
            Uri = $"{text.TrimEnd('/')}{path.Replace("+}", "}", StringComparison.Ordinal)}",
            IntegrationHttpMethod = "ANY",
        };
    }

    /// <summary>Gives the document's API what settings and code get: its defaults, and validation of requests.</summary>
    public static void ApplyEmbedded(RestApiDefinition api)
    {
        api.Profile = DefinitionProfile.Embedded;
        api.RequestValidators[ValidatorName] =
            new RequestValidatorDefinition(ValidatorName) { ValidateRequestBody = true, ValidateRequestParameters = true };
        foreach (var method in api.Methods)
        {
            method.RequestValidatorId ??= ValidatorName;
        }
    }
}
