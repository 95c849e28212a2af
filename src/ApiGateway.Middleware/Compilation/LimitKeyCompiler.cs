using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads what tells the callers of a limit apart.</summary>
internal static class LimitKeyCompiler
{
    private const int V4Bits = 32;
    private const int V6Bits = 128;

    // A household or a machine has at least as many addresses.
    private const int UsualV6Bits = 64;

    private const string ContextPrefix = "$context.";
    private const string ClaimsPrefix = "authorizer.claims.";
    private static readonly string[] Kinds = ["principal", "claim:", "header:", "ip", ContextPrefix];

    public static LimitKeyPart[] Compile(IList<string> key, DefinitionOrigin origin, DefinitionErrors errors)
    {
        var parts = new List<LimitKeyPart>();
        foreach (var text in key)
        {
            if (Parse(text) is not { } part)
            {
                var kind = text.StartsWith('$') ? text : text[..(text.IndexOfAny([':', '/']) is >= 0 and var end ? end + (text[end] == ':' ? 1 : 0) : text.Length)];
                errors.Add(
                    origin,
                    $"must be 'principal', 'claim:NAME', 'header:NAME', 'ip', 'ip/24' (0 to 32), 'ip/24/64' (of IPv6 0 to 128) or '$context.NAME', but is '{text}'.{NearMiss.Suggest(kind, Kinds)}");
            }
            else if (parts.Contains(part))
            {
                errors.Add(origin, $"has '{text}' twice. Remove one of them.");
            }
            else
            {
                parts.Add(part);
            }
        }

        return [.. parts];
    }

    private static LimitKeyPart? Parse(string text)
    {
        if (text == "principal")
        {
            return new(LimitKeyPlace.Principal, "");
        }

        if (text.StartsWith("ip", StringComparison.Ordinal))
        {
            return ParseAddress(text.AsSpan("ip".Length));
        }

        return NameAfter("claim:", text) is { } claim ? new(LimitKeyPlace.Claim, claim)
            : NameAfter("header:", text) is { } header ? (HeaderName.IsValid(header) ? new(LimitKeyPlace.Header, header) : null)
            : NameAfter(ContextPrefix, text) is { } variable ? ParseVariable(variable)
            : null;
    }

    // Those that can be read without making a text first.
    private static LimitKeyPart ParseVariable(string name) => name switch
    {
        "authorizer.principalId" => new(LimitKeyPlace.PrincipalId, ""),
        "identity.sourceIp" => new(LimitKeyPlace.Address, "", V4Bits, V6Bits),
        _ when NameAfter(ClaimsPrefix, name) is { } claim => new(LimitKeyPlace.Claim, claim),
        _ => new(LimitKeyPlace.Context, name),
    };

    private static LimitKeyPart? ParseAddress(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
        {
            return new(LimitKeyPlace.Address, "", V4Bits, UsualV6Bits);
        }

        if (rest[0] != '/')
        {
            return null;
        }

        var v6 = UsualV6Bits;
        rest = rest[1..];
        var slash = rest.IndexOf('/');
        if (slash >= 0 && !TryBits(rest[(slash + 1)..], V6Bits, out v6))
        {
            return null;
        }

        return TryBits(slash < 0 ? rest : rest[..slash], V4Bits, out var v4) ? new(LimitKeyPlace.Address, "", v4, v6) : null;
    }

    private static bool TryBits(ReadOnlySpan<char> text, int most, out int bits) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out bits) && bits <= most;

    private static string? NameAfter(string prefix, string text) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : null;
}
