using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads <c>jwtConfiguration</c> of authorizers: several issuers, as REST APIs have them, or one, as HTTP APIs have it; and schemes of type
/// <c>openIdConnect</c>.</summary>
internal sealed class JwtConfigurationImporter(ImportContext context)
{
    private const string Discovery = "/.well-known/openid-configuration";

    /// <summary>Reads the configuration of an authorizer; what it leaves out of its only issuer, the scheme's address may tell.</summary>
    public JwtConfigurationDefinition Read(DocumentNode scheme, DocumentNode extension)
    {
        var jwt = new JwtConfigurationDefinition { Origin = context.OriginOf(extension) };
        var node = context.Object(extension, "jwtConfiguration");
        if (node is not null)
        {
            jwt.Origin = context.OriginOf(node);
            context.Texts(node, "defaultAlgorithms", jwt.DefaultAlgorithms);
            foreach (var item in context.Array(node, "issuers")?.Items ?? [])
            {
                if (item.IsObject)
                {
                    jwt.Issuers.Add(ReadIssuer(item, context.Text(item, "issuer") ?? "", "audiences"));
                }
                else
                {
                    context.Error(item, $"An item of 'issuers' must be an object, but is {ImportContext.Describe(item)}.");
                }
            }
        }

        if (jwt.Issuers.Count == 0 && ((node is null ? null : context.Text(node, "issuer")) ?? IssuerOf(scheme)) is { } issuer)
        {
            jwt.Issuers.Add(ReadIssuer(node ?? extension, issuer, "audience"));
        }

        return jwt;
    }

    /// <summary>Makes an authorizer of a scheme of type <c>openIdConnect</c> without extension, if the import says for whom tokens must be meant.</summary>
    public AuthorizerDefinition? ReadScheme(string name, DocumentNode scheme)
    {
        if (context.Options.Audiences.Count == 0 || IssuerOf(scheme) is not { } issuer)
        {
            return null;
        }

        var trusted = new JwtIssuerDefinition(issuer) { Origin = context.OriginOf(scheme) };
        foreach (var audience in context.Options.Audiences)
        {
            trusted.Audiences.Add(audience);
        }

        return new AuthorizerDefinition(name)
        {
            Origin = context.OriginOf(scheme),
            Type = "JWT",
            JwtConfiguration = new JwtConfigurationDefinition { Origin = context.OriginOf(scheme), Issuers = { trusted } },
        };
    }

    /// <summary>Gets the issuer of a scheme of type <c>openIdConnect</c>: its address without the place of the discovery document.</summary>
    private string? IssuerOf(DocumentNode scheme) => context.Text(scheme, "type") != "openIdConnect" ? null
        : context.Text(scheme, "openIdConnectUrl") is not { } url ? null
        : url.EndsWith(Discovery, StringComparison.Ordinal) ? url[..^Discovery.Length] : url;

    private JwtIssuerDefinition ReadIssuer(DocumentNode node, string name, string audiences)
    {
        var issuer = new JwtIssuerDefinition(name) { Origin = context.OriginOf(node) };
        // Templates write a single one as a text.
        if (audiences == "audience" && node.Get(audiences) is { IsString: true } one)
        {
            issuer.Audiences.Add(one.Text);
        }
        else
        {
            context.Texts(node, audiences, issuer.Audiences);
        }

        foreach (var item in context.Array(node, "additionalClaims")?.Items ?? [])
        {
            if (!item.IsObject)
            {
                context.Error(item, $"An item of 'additionalClaims' must be an object, but is {ImportContext.Describe(item)}.");
                continue;
            }

            var claim = new JwtAdditionalClaimDefinition(context.Text(item, "claimName") ?? "") { Origin = context.OriginOf(item) };
            claim.Format = context.Text(item, "format") ?? claim.Format;
            claim.Required = context.Flag(item, "required") ?? claim.Required;
            context.Texts(item, "expectedValues", claim.ExpectedValues);
            issuer.AdditionalClaims.Add(claim);
        }

        return issuer;
    }
}
