using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Connections;

/// <summary>Writes the entry of a connection as Redis keeps it: a version byte, then JSON. Node and activity stand beside it.</summary>
internal static class ConnectionEntryFormat
{
    private const byte Version = 1;

    public static byte[] Write(ConnectionEntry entry)
    {
        var target = new ArrayBufferWriter<byte>();
        target.Write([Version]);
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        json.WriteString("id", entry.ConnectionId);
        json.WriteString("api", entry.ApiId);
        json.WriteString("stage", entry.Stage);
        json.WriteString("domain", entry.DomainName);
        json.WriteNumber("connected", entry.ConnectedAt.ToUnixTimeMilliseconds());
        json.WriteNumber("expires", entry.ExpiresAt.ToUnixTimeMilliseconds());
        WriteText(json, "ip", entry.SourceIp);
        WriteText(json, "agent", entry.UserAgent);
        WriteText(json, "key", entry.ApiKeyId);
        WriteText(json, "principal", entry.PrincipalId);
        if (entry.AuthorizerLatency is { } latency)
        {
            json.WriteNumber("latency", latency);
        }

        WriteMap(json, "context", entry.AuthorizerContext);
        WriteMap(json, "identity", entry.Identity);
        json.WriteEndObject();
        json.Flush();
        return target.WrittenSpan.ToArray();
    }

    /// <summary>Reads an entry, or gives <see langword="null"/> for what another version has written.</summary>
    public static ConnectionEntry? Read(string? node, byte[]? value, string? activity)
    {
        if (node is null || value is not [Version, .. var json])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var connected = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("connected").GetInt64());
            return new ConnectionEntry
            {
                ConnectionId = root.GetProperty("id").GetString()!,
                NodeId = node,
                ApiId = root.GetProperty("api").GetString()!,
                Stage = root.GetProperty("stage").GetString()!,
                DomainName = root.GetProperty("domain").GetString()!,
                ConnectedAt = connected,
                LastActiveAt = long.TryParse(activity, NumberStyles.None, CultureInfo.InvariantCulture, out var active)
                    ? DateTimeOffset.FromUnixTimeMilliseconds(active) : connected,
                ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("expires").GetInt64()),
                SourceIp = TextOf(root, "ip"),
                UserAgent = TextOf(root, "agent"),
                ApiKeyId = TextOf(root, "key"),
                PrincipalId = TextOf(root, "principal"),
                AuthorizerLatency = root.TryGetProperty("latency", out var latency) ? latency.GetInt64() : null,
                AuthorizerContext = MapOf(root, "context"),
                Identity = MapOf(root, "identity"),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static string? TextOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static Dictionary<string, string> MapOf(JsonElement root, string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty(name, out var map))
        {
            foreach (var member in map.EnumerateObject())
            {
                values[member.Name] = member.Value.GetString() ?? "";
            }
        }

        return values;
    }
}
