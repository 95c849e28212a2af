namespace ApiGateway.Middleware.Definitions.Settings;

/// <summary>Reads an authorizer.</summary>
internal sealed class AuthorizerSettingsReader(SettingsSection section)
{
    private static readonly string[] Types = ["TOKEN", "REQUEST", "COGNITO_USER_POOLS", "JWT"];

    /// <summary>Returns whether the type is said.</summary>
    public static bool HasType(SettingsSection section) => section.Has("Type") || section.Has("AuthorizerType");

    // CloudFormation has names for REST APIs, and others for the rest.
    public AuthorizerDefinition Read()
    {
        var authorizer = new AuthorizerDefinition(section.Key)
        {
            Origin = section.Origin,
            Handler = section.Text("Handler"),
            AuthType = section.Text("AuthType"),
            AuthorizerUri = section.Text("AuthorizerUri"),
            AuthorizerCredentials = section.Text("AuthorizerCredentials") ?? section.Text("AuthorizerCredentialsArn"),
            IdentitySource = section.Child("IdentitySource").IsList ? null : section.Text("IdentitySource"),
            IdentityValidationExpression = section.Text("IdentityValidationExpression"),
            AuthorizerResultTtlInSeconds = section.Number("AuthorizerResultTtlInSeconds"),
            JwtConfiguration = section.Has("JwtConfiguration") ? ReadJwt(section.Child("JwtConfiguration")) : null,
        };
        authorizer.Type = section.OneOf("Type", Types) ?? section.OneOf("AuthorizerType", Types)
            ?? (authorizer.JwtConfiguration is null ? authorizer.Type : "JWT");
        section.Texts("ProviderArns", authorizer.ProviderArns);
        section.Texts("AllowedClientIds", authorizer.AllowedClientIds);
        authorizer.AuthorizerPayloadFormatVersion = section.Text("AuthorizerPayloadFormatVersion");
        authorizer.EnableSimpleResponses = section.Flag("EnableSimpleResponses") ?? false;
        section.Texts("IdentitySources", authorizer.IdentitySources);
        if (authorizer.IdentitySource is null)
        {
            section.Texts("IdentitySource", authorizer.IdentitySources);
        }

        section.Known("Name", "AuthorizerType", "AuthorizerCredentialsArn");
        section.RejectUnknown();
        return authorizer;
    }

    private static JwtConfigurationDefinition ReadJwt(SettingsSection section)
    {
        var jwt = new JwtConfigurationDefinition { Origin = section.Origin };
        section.Texts("DefaultAlgorithms", jwt.DefaultAlgorithms);

        // One issuer, as HTTP APIs write it.
        if (section.Has("Issuer") || section.Has("Audience"))
        {
            jwt.Issuers.Add(ReadIssuer(section, "Audience", isWhole: false));
        }

        foreach (var issuer in section.Children("Issuers"))
        {
            jwt.Issuers.Add(ReadIssuer(issuer, "Audiences", isWhole: true));
        }

        section.RejectUnknown();
        return jwt;
    }

    private static JwtIssuerDefinition ReadIssuer(SettingsSection section, string audiences, bool isWhole)
    {
        var issuer = new JwtIssuerDefinition(section.Text("Issuer") ?? "") { Origin = section.Origin, JwksUri = section.Text("JwksUri") };
        section.Texts(audiences, issuer.Audiences);
        foreach (var claim in section.Children("AdditionalClaims"))
        {
            issuer.AdditionalClaims.Add(ReadClaim(claim));
        }

        if (isWhole)
        {
            section.RejectUnknown();
        }

        return issuer;
    }

    private static JwtAdditionalClaimDefinition ReadClaim(SettingsSection section)
    {
        var claim = new JwtAdditionalClaimDefinition(section.Text("ClaimName") ?? "") { Origin = section.Origin };
        claim.Format = section.OneOf("Format", "single-string", "string-array", "space-separated-values") ?? claim.Format;
        claim.Required = section.Flag("Required") ?? claim.Required;
        section.Texts("ExpectedValues", claim.ExpectedValues);
        section.RejectUnknown();
        return claim;
    }
}
