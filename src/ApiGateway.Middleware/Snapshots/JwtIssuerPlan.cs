using System.Net;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Whose tokens an authorizer takes.</summary>
internal sealed class JwtIssuerPlan
{
    /// <summary>Gets the issuer, as it stands in <c>iss</c>; compared byte for byte, a slash at the end included.</summary>
    public required string Issuer { get; init; }

    /// <summary>Gets the address of the key set, or <see langword="null"/> to learn it from <c>{issuer}/.well-known/openid-configuration</c>.</summary>
    public Uri? JwksUri { get; init; }

    /// <summary>Gets the audiences, one of which is enough. User pools have none.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public IReadOnlyList<JwtClaimRule> ClaimRules { get; init; } = [];

    public JwtKeyRules KeyRules { get; init; } = JwtKeyRules.Rest;

    /// <summary>Tells whether a text can be an issuer: an absolute address over https, without query or fragment.</summary>
    /// <param name="issuer">The text.</param>
    /// <param name="allowsInsecure">Whether plain http is good enough on the loopback address.</param>
    public static bool IsIssuer(string issuer, bool allowsInsecure = false) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && IsKeyAddress(uri, allowsInsecure) && !issuer.AsSpan().ContainsAny('?', '#');

    /// <summary>Tells whether keys may come from an address.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="allowsInsecure">Whether plain http is good enough on the loopback address.</param>
    public static bool IsKeyAddress(Uri uri, bool allowsInsecure) =>
        uri is { IsAbsoluteUri: true, UserInfo: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (allowsInsecure && uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri.IdnHost)));

    /// <summary>Tells whether a host is the machine itself.</summary>
    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Makes the issuer of a user pool.</summary>
    /// <param name="arn">Such as <c>arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI</c>.</param>
    /// <param name="issuer">Another issuer than that of AWS, or <see langword="null"/>.</param>
    /// <param name="jwksUri">Another address of the keys, or <see langword="null"/>.</param>
    /// <returns>The issuer, or <see langword="null"/> if the ARN is none of a user pool.</returns>
    public static JwtIssuerPlan? OfUserPool(string arn, string? issuer = null, Uri? jwksUri = null)
    {
        const string Resource = "userpool/";
        if (arn.Split(':') is not ["arn", { Length: > 0 }, "cognito-idp", var region, { Length: > 0 }, var resource]
            || !IsName(region) || !resource.StartsWith(Resource, StringComparison.Ordinal) || !IsName(resource[Resource.Length..]))
        {
            return null;
        }

        issuer ??= $"https://cognito-idp.{region}.amazonaws.com/{resource[Resource.Length..]}";
        return new JwtIssuerPlan { Issuer = issuer, JwksUri = jwksUri ?? new Uri($"{issuer}/.well-known/jwks.json") };
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
