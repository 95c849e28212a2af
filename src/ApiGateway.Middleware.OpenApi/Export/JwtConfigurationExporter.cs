using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes <c>jwtConfiguration</c> of authorizers. Addresses of key sets are the gateway's own settings, and stay at home.</summary>
internal static class JwtConfigurationExporter
{
    public static DocumentNode? Write(JwtConfigurationDefinition? jwt)
    {
        if (jwt is null)
        {
            return null;
        }

        var issuers = DocumentNode.NewArray();
        foreach (var issuer in jwt.Issuers)
        {
            issuers.Add(Write(issuer));
        }

        return DocumentNode.NewObject()
            .With("defaultAlgorithms", jwt.DefaultAlgorithms.Count == 0 ? null : NodeValues.List(jwt.DefaultAlgorithms))
            .With("issuers", issuers);
    }

    private static DocumentNode Write(JwtIssuerDefinition issuer)
    {
        var claims = DocumentNode.NewArray();
        foreach (var claim in issuer.AdditionalClaims)
        {
            claims.Add(DocumentNode.NewObject()
                .With("claimName", claim.ClaimName)
                .With("expectedValues", claim.ExpectedValues.Count == 0 ? null : NodeValues.List(claim.ExpectedValues))
                .With("format", claim.Format)
                .With("required", DocumentNode.OfFlag(claim.Required)));
        }

        return DocumentNode.NewObject()
            .With("issuer", issuer.Issuer)
            .With("audiences", NodeValues.List(issuer.Audiences))
            .With("additionalClaims", claims.Items.Count == 0 ? null : claims);
    }
}
