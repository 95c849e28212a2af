using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an authorizer of type <c>JWT</c>, of REST or of HTTP APIs. Sources: "Control access to REST APIs using JWT authorizers",
/// "Control access to HTTP APIs with JWT authorizers".</summary>
/// <param name="apiId">The API's id, or else its name.</param>
/// <param name="authorizer">The authorizer.</param>
/// <param name="origin">Where it was written.</param>
/// <param name="profile"><see cref="JwtProfile.Rest"/> or <see cref="JwtProfile.Http"/>.</param>
/// <param name="handlers">Tells which addresses keys may come from.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class JwtPlanCompiler(
    string apiId, AuthorizerDefinition authorizer, DefinitionOrigin origin, JwtProfile profile, HandlerTable handlers, DefinitionErrors errors)
{
    private const int MaxLifetime = 3600;
    private const int DefaultLifetime = 300;
    private const string RequestHeader = "$request.header.";
    private const string RequestQuery = "$request.querystring.";

    private const JwtAlgorithms RsaAlgorithms = JwtAlgorithms.RS256 | JwtAlgorithms.RS384 | JwtAlgorithms.RS512;

    private bool IsHttp => profile == JwtProfile.Http;

    private string DefaultSource => IsHttp ? "$request.header.Authorization" : "method.request.header.Authorization";

    /// <summary>Compiles, or gives <see langword="null"/> and tells what is wrong.</summary>
    public TokenPlan? Compile()
    {
        if (authorizer.Handler is not null)
        {
            errors.Add(origin.Child("Handler"), "An authorizer of type JWT has issuers, not a 'Handler'. Remove it.");
        }

        if (authorizer.JwtConfiguration is not { } jwt)
        {
            errors.Add(origin.Child("JwtConfiguration"), "An authorizer of type JWT needs its issuers, each with its audiences.");
            return null;
        }

        var at = jwt.Origin ?? origin.Child("JwtConfiguration");
        var source = CompileSource();
        var algorithms = CompileAlgorithms(jwt, at);
        var issuers = new JwtIssuerCompiler(profile, handlers.AllowsInsecureKeys, errors).Compile(jwt.Issuers, at.Child("Issuers"));
        var lifetime = CompileLifetime();
        if (source is not { } place || algorithms == JwtAlgorithms.None || issuers is null)
        {
            return null;
        }

        return new TokenPlan(authorizer.Name, place, new JwtPlan
        {
            Name = $"{apiId}/{authorizer.Name}",
            Profile = profile,
            Issuers = issuers,
            Algorithms = algorithms,
            ClockSkew = handlers.ClockSkew,
            ResultTtl = TimeSpan.FromSeconds(lifetime),
        });
    }

    private IdentitySource? CompileSource()
    {
        // HTTP APIs write a list.
        var all = string.Join(',', authorizer.IdentitySources.Append(authorizer.IdentitySource ?? "").Where(static text => !string.IsNullOrWhiteSpace(text)));
        var written = all.Length == 0 ? DefaultSource : all.Trim();
        var source = written.Contains(',', StringComparison.Ordinal) ? null : Parse(written);
        if (source is null)
        {
            errors.Add(
                origin.Child("IdentitySource"),
                $"An authorizer of type JWT has one identity source, a header such as '{DefaultSource}'{(IsHttp ? $" or a query parameter such as '{RequestQuery}token'" : "")}, but has '{written}'.");
        }

        return source;
    }

    // Exports of REST APIs are taken by HTTP APIs, too.
    private IdentitySource? Parse(string text)
    {
        if (IsHttp && text.Length > RequestHeader.Length && text.StartsWith(RequestHeader, StringComparison.Ordinal))
        {
            return new IdentitySource(IdentityPlace.Header, text[RequestHeader.Length..]);
        }

        if (IsHttp && text.Length > RequestQuery.Length && text.StartsWith(RequestQuery, StringComparison.Ordinal))
        {
            return new IdentitySource(IdentityPlace.QueryString, text[RequestQuery.Length..]);
        }

        return !ParameterExpression.TryParseRequest(text, out var expression) ? null
            : expression.Kind == ParameterKind.Header ? new IdentitySource(IdentityPlace.Header, expression.Name)
            : IsHttp && expression.Kind == ParameterKind.QueryString ? new IdentitySource(IdentityPlace.QueryString, expression.Name)
            : null;
    }

    private JwtAlgorithms CompileAlgorithms(JwtConfigurationDefinition jwt, DefinitionOrigin at)
    {
        if (jwt.DefaultAlgorithms.Count == 0)
        {
            return IsHttp ? RsaAlgorithms : JwtAlgorithms.RS256;
        }

        var all = JwtAlgorithms.None;
        foreach (var name in jwt.DefaultAlgorithms)
        {
            if (!JwtAlgorithmNames.TryParse(name, out var algorithm) || (IsHttp && (algorithm & RsaAlgorithms) == JwtAlgorithms.None))
            {
                errors.Add(
                    at.Child("DefaultAlgorithms"),
                    $"must be some of RS256, RS384, RS512{(IsHttp ? "" : ", PS256, PS384, PS512, ES256, ES384, ES512")}, but one is '{name}'. " +
                    "Shared secrets and unsigned tokens are never taken.");
                return JwtAlgorithms.None;
            }

            all |= algorithm;
        }

        return all;
    }

    // Of HTTP APIs, the managed service remembers keys alone. A verified token is kept here all the same: it answers as if it were verified again.
    private int CompileLifetime()
    {
        var written = IsHttp ? DefaultLifetime : authorizer.AuthorizerResultTtlInSeconds ?? DefaultLifetime;
        if (written is >= 0 and <= MaxLifetime)
        {
            return written;
        }

        errors.Add(origin.Child("AuthorizerResultTtlInSeconds"), $"must be from 0 to {MaxLifetime} seconds, but is {written}.");
        return 0;
    }
}
