using System.Collections.Frozen;
using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Writes a connection down for other nodes, and reads what another node wrote.</summary>
internal static class ConnectionEntries
{
    /// <summary>Writes a connection down.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="nodeId">The node that holds it.</param>
    /// <param name="lastActiveAt">When the last message went either way.</param>
    /// <param name="lifetime">How long the entry may stay from the handshake on.</param>
    public static ConnectionEntry Write(ClientConnection client, string nodeId, DateTimeOffset lastActiveAt, TimeSpan lifetime) => new()
    {
        ConnectionId = client.ConnectionId,
        NodeId = nodeId,
        ApiId = client.ApiId,
        Stage = client.StageName,
        DomainName = client.Host.Value ?? "",
        ConnectedAt = client.ConnectedAt,
        LastActiveAt = lastActiveAt,
        ExpiresAt = client.ConnectedAt + lifetime,
        SourceIp = client.SourceIp?.ToString(),
        UserAgent = client.UserAgent,
        ApiKeyId = client.ApiKeyId,
        PrincipalId = client.Caller?.PrincipalId,
        AuthorizerContext = client.Caller?.Values ?? (IReadOnlyDictionary<string, string>)FrozenDictionary<string, string>.Empty,
        AuthorizerLatency = client.Caller is { HasLatency: true } ? client.AuthorizerLatency : null,
        Identity = client.Caller?.Signed is { } signed ? WriteIdentity(signed) : FrozenDictionary<string, string>.Empty,
    };

    /// <summary>Reads a connection. The secrets of its client, such as its API key, are not in an entry.</summary>
    public static ClientConnection Read(ConnectionEntry entry) => new()
    {
        ConnectionId = entry.ConnectionId,
        ApiId = entry.ApiId,
        StageName = entry.Stage,
        ConnectedAt = entry.ConnectedAt,
        Host = new HostString(entry.DomainName),
        SourceIp = IPAddress.TryParse(entry.SourceIp, out var address) ? address : null,
        UserAgent = entry.UserAgent,
        AuthorizerLatency = entry.AuthorizerLatency ?? 0,
        ApiKeyId = entry.ApiKeyId,
        Caller = ReadCaller(entry),
    };

    private static CallerIdentity? ReadCaller(ConnectionEntry entry) =>
        entry.PrincipalId is { } principal ? CallerIdentities.Create(entry.ApiId, principal, entry.AuthorizerContext, null, null)
        : entry.Identity.Count > 0 ? new CallerIdentity { Signed = ReadIdentity(entry.Identity) }
        : null;

    private static Dictionary<string, string> WriteIdentity(SignedIdentity signed)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)
            [
                ("accountId", signed.AccountId), ("caller", signed.Caller), ("accessKey", signed.AccessKey), ("user", signed.User),
                ("userArn", signed.UserArn), ("principalOrgId", signed.PrincipalOrgId), ("cognitoIdentityPoolId", signed.CognitoIdentityPoolId),
                ("cognitoIdentityId", signed.CognitoIdentityId), ("cognitoAuthenticationType", signed.CognitoAuthenticationType),
                ("cognitoAuthenticationProvider", signed.CognitoAuthenticationProvider),
            ])
        {
            if (value is not null)
            {
                values[name] = value;
            }
        }

        return values;
    }

    private static SignedIdentity ReadIdentity(IReadOnlyDictionary<string, string> values) => new()
    {
        AccountId = values.GetValueOrDefault("accountId"),
        Caller = values.GetValueOrDefault("caller"),
        AccessKey = values.GetValueOrDefault("accessKey"),
        User = values.GetValueOrDefault("user"),
        UserArn = values.GetValueOrDefault("userArn"),
        PrincipalOrgId = values.GetValueOrDefault("principalOrgId"),
        CognitoIdentityPoolId = values.GetValueOrDefault("cognitoIdentityPoolId"),
        CognitoIdentityId = values.GetValueOrDefault("cognitoIdentityId"),
        CognitoAuthenticationType = values.GetValueOrDefault("cognitoAuthenticationType"),
        CognitoAuthenticationProvider = values.GetValueOrDefault("cognitoAuthenticationProvider"),
    };
}
