using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks an API's <c>Cors</c>, and makes every header value ready. Source: Fetch standard, "CORS protocol".</summary>
internal sealed class CorsPlanCompiler(CorsDefinition cors, DefinitionOrigin origin, DefinitionErrors errors)
{
    private const string Any = "*";
    private const string DefaultHeaders = "Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token";
    private const int LongestMaxAge = 86_400;

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public CorsPlan Compile()
    {
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var wildcards = new List<(string Start, string End)>();
        CheckOrigins(exact, wildcards);
        Check("AllowMethods", cors.AllowMethods, static method => RouteMethod.Names.Contains(method), "one of " + string.Join(", ", RouteMethod.Names));
        Check("AllowHeaders", cors.AllowHeaders, IsToken, "a header's name");
        Check("ExposeHeaders", cors.ExposeHeaders, IsToken, "a header's name");
        if (cors.MaxAge is < -1 or > LongestMaxAge)
        {
            errors.Add(
                origin.Child("MaxAge"), $"must be from -1 to {LongestMaxAge} seconds, but is {cors.MaxAge}. -1 keeps browsers from remembering the answer.");
        }

        return new CorsPlan
        {
            AllowsAnyOrigin = cors.AllowOrigins.Contains(Any),
            Origins = exact.ToFrozenSet(StringComparer.Ordinal),
            Wildcards = [.. wildcards],
            AllowCredentials = cors.AllowCredentials,
            ExposeHeaders = cors.ExposeHeaders.Count == 0 ? null : string.Join(',', cors.ExposeHeaders),
        };
    }

    /// <summary>Makes the answer to preflights of a resource.</summary>
    /// <param name="methods">The methods that the resource has.</param>
    public PreflightPlan CompilePreflight(IEnumerable<string> methods) => new(
        string.Join(',', cors.AllowMethods.Count > 0 ? cors.AllowMethods : MethodsOf(methods)),
        cors.AllowHeaders.Count > 0 ? string.Join(',', cors.AllowHeaders) : DefaultHeaders,
        cors.MaxAge?.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<string> MethodsOf(IEnumerable<string> methods) =>
        RouteMethod.Names.Where(methods.Contains).Append(RouteMethod.Names[RouteMethod.Options]);

    private void CheckOrigins(HashSet<string> exact, List<(string Start, string End)> wildcards)
    {
        var at = origin.Child("AllowOrigins");
        if (cors.AllowOrigins.Count == 0)
        {
            errors.Add(at, "is empty, so no origin may call. Add origins such as 'https://shop.example.com', or '*', or leave 'Cors' out.");
        }

        foreach (var written in cors.AllowOrigins)
        {
            if (written == Any)
            {
                if (cors.AllowCredentials)
                {
                    errors.Add(at, "Browsers refuse '*' together with 'AllowCredentials'. List the origins that may send cookies.");
                }

                continue;
            }

            if (CorsOrigin.TryParse(written, out var normalized, out var star))
            {
                if (star < 0)
                {
                    exact.Add(normalized);
                }
                else
                {
                    wildcards.Add((normalized[..star], normalized[(star + 1)..]));
                }
            }
            else
            {
                errors.Add(
                    at, $"An origin is '*', or scheme, host and port without a path, such as 'https://shop.example.com' or 'https://*.example.com', but one is '{written}'.");
            }
        }
    }

    private void Check(string member, IList<string> values, Func<string, bool> isLegal, string rule)
    {
        foreach (var value in values)
        {
            if (value == Any)
            {
                if (cors.AllowCredentials)
                {
                    errors.Add(origin.Child(member), "With 'AllowCredentials', browsers take '*' for a name. List the names.");
                }
            }
            else if (!isLegal(value))
            {
                errors.Add(origin.Child(member), $"must have {rule} in each place, or '*', but has '{value}'.");
            }
        }
    }

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);
}
