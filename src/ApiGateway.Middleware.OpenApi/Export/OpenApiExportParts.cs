namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>What an export holds beside plain OpenAPI; <c>extensions</c> of GetExport.</summary>
[Flags]
public enum OpenApiExportParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>integrations</c>, also called <c>apigateway</c>: integrations, validators, gateway responses and settings of the API.</summary>
    Integrations = 1,

    /// <summary><c>authorizers</c>: who may call.</summary>
    Authorizers = 2,

    /// <summary><c>documentation</c>: documentation parts.</summary>
    Documentation = 4,

    /// <summary>Everything; an import of it gives the same API.</summary>
    All = Integrations | Authorizers | Documentation,
}
