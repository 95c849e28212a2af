using System.Globalization;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Context;

/// <summary>The members of <c>$context</c> as templates see them: the table of variables, with <c>identity</c> and <c>authorizer</c> as
/// objects of their own, which print as empty text.</summary>
/// <param name="context">The request.</param>
/// <param name="prefix">The path to this object, with a dot at its end, or empty.</param>
internal sealed class ContextValues(GatewayContext context, string prefix = "") : TemplateObject
{
    private const string Identity = "identity";
    private const string Authorizer = "authorizer";
    private const string Claims = "claims";

    // In the order of the managed service's events, with null for what a request does not have.
    private static readonly string[] IdentityKeys =
    [
        "cognitoIdentityPoolId", "accountId", "cognitoIdentityId", "caller", "sourceIp", "principalOrgId", "accessKey",
        "cognitoAuthenticationType", "cognitoAuthenticationProvider", "userArn", "userAgent", "user",
    ];

    public override IReadOnlyList<string> Keys => prefix switch
    {
        "" => GetProperty(Authorizer).IsNull ? [] : [Authorizer],
        "identity." => IdentityKeys,
        "authorizer." => AuthorizerKeys(),
        "authorizer.claims." => context.Caller?.Claims?.Keys ?? (IReadOnlyList<string>)[],
        _ => [],
    };

    public override Value GetProperty(string name)
    {
        switch (prefix, name)
        {
            case ("", Identity):
            case ("authorizer.", Claims):
                return Value.Of(Below(name));

            // There without its members only when an authorizer has run.
            case ("", Authorizer):
                return context.Caller is { HasAuthorizer: true } ? Value.Of(Below(name)) : Value.Null;
            case ("", "requestTimeEpoch"):
                return long.TryParse(ContextVariables.Find(context, name), CultureInfo.InvariantCulture, out var epoch)
                    ? Value.Of(epoch) : Value.Null;
            default:
                return Value.Of(ContextVariables.Find(context, prefix.Length == 0 ? name : prefix + name));
        }
    }

    private string[] AuthorizerKeys() => context.Caller is not { HasAuthorizer: true } caller ? []
        : caller.Claims is not null ? [Claims]
        : ["principalId", .. caller.Values.Keys, "integrationLatency"];

    private ContextValues Below(string name) => new(context, $"{prefix}{name}.");
}
