using System.Collections.Frozen;
using System.Security.Claims;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Makes a caller of what an authorizer said.</summary>
internal static class CallerIdentities
{
    private const string PrincipalId = "principalId";
    private const string IntegrationLatency = "integrationLatency";

    /// <summary>Makes a caller of a REST API.</summary>
    /// <param name="authorizer">The authorizer's name, which becomes the authentication type.</param>
    /// <param name="principalId">Who calls.</param>
    /// <param name="values">What else was said. The gateway's own names lose.</param>
    /// <param name="principal">The caller as the application made it, or <see langword="null"/>.</param>
    /// <param name="usageIdentifierKey">The API key that counts, or <see langword="null"/>.</param>
    public static CallerIdentity Create(
        string authorizer, string principalId, IEnumerable<KeyValuePair<string, string>> values, ClaimsPrincipal? principal, string? usageIdentifierKey)
    {
        var kept = values
            .Where(static item => item.Key is not (PrincipalId or IntegrationLatency))
            .ToFrozenDictionary(static item => item.Key, static item => item.Value, StringComparer.Ordinal);
        return new CallerIdentity
        {
            PrincipalId = principalId,
            User = principal is null ? SealedPrincipal.Of(authorizer, principalId, kept) : SealedPrincipal.Of(principal),
            Values = kept,
            EventStart = EventStartOf(principalId, kept),
            HasLatency = true,
            UsageIdentifierKey = usageIdentifierKey,
        };
    }

    /// <summary>Makes a caller of an HTTP API.</summary>
    /// <param name="authorizer">The authorizer's name, which becomes the authentication type.</param>
    /// <param name="principalId">Who calls, or <see langword="null"/>: simple answers do not say.</param>
    /// <param name="said">What else was said.</param>
    /// <param name="principal">The caller as the application made it, or <see langword="null"/>.</param>
    public static CallerIdentity CreateHttp(string authorizer, string? principalId, AuthorizerContext said, ClaimsPrincipal? principal = null)
    {
        var texts = said.Texts
            .Where(item => principalId is null || item.Key != PrincipalId)
            .ToFrozenDictionary(static item => item.Key, static item => item.Value, StringComparer.Ordinal);
        return new CallerIdentity
        {
            PrincipalId = principalId,
            User = principal is null ? SealedPrincipal.Of(authorizer, principalId, texts) : SealedPrincipal.Of(principal),
            Values = texts,
            EventStart = HttpEventStartOf(principalId, said),
            LambdaContext = said.Json,
        };
    }

    private static byte[] EventStartOf(string principalId, FrozenDictionary<string, string> values)
    {
        using var target = new PooledBufferWriter();
        target.Write("{\"principalId\":"u8);
        JsonText.WriteString(target, principalId);
        foreach (var (name, value) in values)
        {
            target.WriteByte((byte)',');
            JsonText.WriteString(target, name);
            target.WriteByte((byte)':');
            JsonText.WriteString(target, value);
        }

        return target.WrittenSpan.ToArray();
    }

    private static byte[] HttpEventStartOf(string? principalId, AuthorizerContext said)
    {
        using var target = new PooledBufferWriter();
        target.WriteByte((byte)'{');
        if (principalId is not null)
        {
            target.Write("\"principalId\":"u8);
            JsonText.WriteString(target, principalId);
        }

        foreach (var (name, json) in said.Members)
        {
            if (principalId is not null && name == PrincipalId)
            {
                continue;
            }

            if (target.Length > 1)
            {
                target.WriteByte((byte)',');
            }

            JsonText.WriteString(target, name);
            target.WriteByte((byte)':');
            target.Write(json);
        }

        return target.WrittenSpan.ToArray();
    }
}
