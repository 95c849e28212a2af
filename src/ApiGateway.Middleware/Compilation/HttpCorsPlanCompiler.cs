using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks <c>CorsConfiguration</c> of an HTTP API, and makes every header value ready. Source: "Configure CORS for HTTP APIs".</summary>
internal sealed class HttpCorsPlanCompiler(HttpCorsDefinition cors, DefinitionOrigin origin, DefinitionErrors errors)
{
    private const string Any = "*";
    private const int LongestMaxAge = 86_400;

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public CorsPlan Compile()
    {
        var exact = new HashSet<string>(StringComparer.Ordinal);
        var schemes = new List<string>();
        foreach (var written in cors.AllowOrigins)
        {
            Add(written, exact, schemes);
        }

        Check("AllowMethods", cors.AllowMethods, "a method");
        Check("AllowHeaders", cors.AllowHeaders, "a header's name");
        Check("ExposeHeaders", cors.ExposeHeaders, "a header's name");
        if (cors.MaxAge is < -1 or > LongestMaxAge)
        {
            errors.Add(origin.Child("MaxAge"), $"must be from -1 to {LongestMaxAge} seconds, but is {cors.MaxAge}.");
        }

        return new CorsPlan
        {
            AllowsAnyOrigin = cors.AllowOrigins.Contains(Any),
            Origins = exact.ToFrozenSet(StringComparer.Ordinal),
            Wildcards = [],
            Schemes = [.. schemes],
            AllowCredentials = cors.AllowCredentials,
            ExposeHeaders = ListOf(cors.ExposeHeaders),
            NeedsOrigin = true,
            Preflight = new PreflightPlan(
                ListOf(cors.AllowMethods), ListOf(cors.AllowHeaders), cors.MaxAge?.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static string? ListOf(IList<string> names) => names.Count == 0 ? null : string.Join(',', names);

    private void Add(string written, HashSet<string> exact, List<string> schemes)
    {
        var at = origin.Child("AllowOrigins");
        switch (written)
        {
            case Any:
                if (cors.AllowCredentials)
                {
                    errors.Add(at, "'*' is not possible together with 'AllowCredentials'. List the origins that may send cookies, or use 'https://*'.");
                }

                break;
            case "http://*" or "https://*":
                schemes.Add(written[..^1]);
                break;
            default:
                if (!CorsOrigin.TryParse(written, out _, out var star) || star >= 0)
                {
                    errors.Add(
                        at, $"An origin is '*', 'http://*', 'https://*', or scheme, host and port without a path, such as 'https://shop.example.com', but one is '{written}'.");
                }

                // Compared as it was written.
                exact.Add(written);
                break;
        }
    }

    private void Check(string member, IList<string> values, string what)
    {
        foreach (var value in values)
        {
            if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(TokenCharacters))
            {
                errors.Add(origin.Child(member), $"must have {what} in each place, or '*', but has '{value}'.");
            }
        }
    }
}
