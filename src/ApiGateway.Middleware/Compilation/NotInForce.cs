using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Tells what an API's definition has and this version keeps, but does not carry out: once per feature, where it is first used.</summary>
internal static class NotInForce
{
    public static void Report(RestApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
    {
        DefinitionOrigin OriginOf(MethodDefinition method) => method.Origin ?? origin.Child("Routes").Child(method.RouteKey);
        void Tell(string feature, DefinitionOrigin? at) =>
            Warn(at, $"API '{api.Name}' has {feature}, which this version keeps but does not carry out.", errors);
        DefinitionOrigin? Integration(Func<IntegrationDefinition, bool> uses) =>
            api.Methods.FirstOrDefault(method => method.Integration is { } integration && uses(integration)) is { } method
                ? method.Integration!.Origin ?? OriginOf(method).Child("Integration")
                : null;

        Tell("VPC links", Integration(static integration => integration.ConnectionType == "VPC_LINK"));
    }

    private static void Warn(DefinitionOrigin? at, string message, DefinitionErrors errors)
    {
        if (at is not null)
        {
            errors.Warn(at, message);
        }
    }
}
