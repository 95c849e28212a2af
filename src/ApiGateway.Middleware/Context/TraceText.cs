using System.Collections.Frozen;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>Prints parts of a request for its execution log: maps as Java prints them, secrets masked.</summary>
internal static class TraceText
{
    private const int MaxLength = 998;

    // Of no secret not even the length is told.
    private const string Mask = "********";

    private static readonly FrozenSet<string> Secrets = new[]
    {
        "Authorization", "Cookie", "Proxy-Authorization", "Set-Cookie", "X-Amz-Security-Token", "X-Api-Key",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The server's and the client library's own, which the definition has no part in.
    private static readonly FrozenSet<string> Framing =
        new[] { "Content-Length", "Transfer-Encoding" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Prints the values of the route's path variables, decoded by nobody.</summary>
    public static string Path(GatewayContext context)
    {
        var map = new MapText();
        foreach (ref readonly var variable in context.Route.PathVariables.AsSpan())
        {
            map.Add(variable.Name, context.TextOf(variable));
        }

        return map.ToString();
    }

    /// <summary>Prints the parameters of a query, decoded; those that are repeated with all their values.</summary>
    public static string Query(ReadOnlySpan<char> query)
    {
        var values = new ParameterList(StringComparison.Ordinal);
        foreach (var parameter in new QueryParameters(query))
        {
            var name = QueryParameters.Decode(parameter.Name);
            values.Set(name, StringValues.Concat(values.TryGet(name, out var earlier) ? earlier : default, QueryParameters.Decode(parameter.Value)));
        }

        var map = new MapText();
        foreach (ref readonly var parameter in values.Items)
        {
            map.Add(parameter.Key, string.Join(',', parameter.Value.ToArray()));
        }

        return map.ToString();
    }

    /// <summary>Prints headers; those of several lines with all their values.</summary>
    public static string Headers(IEnumerable<KeyValuePair<string, StringValues>> headers)
    {
        var map = new MapText();
        foreach (var (name, values) in headers)
        {
            AddHeader(map, name, values);
        }

        return map.ToString();
    }

    /// <inheritdoc cref="Headers(IEnumerable{KeyValuePair{string, StringValues}})"/>
    public static string Headers(HttpHeaders headers, HttpHeaders? ofContent)
    {
        var map = new MapText();
        foreach (var (name, values) in headers.NonValidated)
        {
            AddHeader(map, name, values.ToArray());
        }

        if (ofContent is not null)
        {
            foreach (var (name, values) in ofContent.NonValidated)
            {
                AddHeader(map, name, values.ToArray());
            }
        }

        return map.ToString();
    }

    /// <summary>Prints a body, if it is text.</summary>
    public static string Body(ReadOnlySpan<byte> body) => Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : "[Binary Data]";

    /// <summary>Prints an event, which holds the request's headers: the values of those that are secret are masked wherever they stand.</summary>
    public static string Event(GatewayContext context, ReadOnlySpan<byte> body)
    {
        var text = Body(body);
        foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
        {
            foreach (var value in Secrets.Contains(header.Key) ? header.Value : StringValues.Empty)
            {
                if (!string.IsNullOrWhiteSpace(value))
                {
                    text = text
                        .Replace(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value, Mask, StringComparison.Ordinal)
                        .Replace(JsonEncodedText.Encode(value).Value, Mask, StringComparison.Ordinal);
                }
            }
        }

        return text;
    }

    /// <summary>Cuts what the managed service cuts.</summary>
    public static string Cut(string text) => text.Length <= MaxLength ? text : text[..MaxLength] + " [TRUNCATED]";

    private static void AddHeader(MapText map, string name, StringValues values)
    {
        if (!Framing.Contains(name))
        {
            map.Add(name, Secrets.Contains(name) ? Mask : string.Join(',', values.ToArray()));
        }
    }

    // {a=1, b=2}
    private sealed class MapText
    {
        private readonly StringBuilder _text = new("{");

        public void Add(string name, string value) =>
            _text.Append(_text.Length > 1 ? ", " : "").Append(name).Append('=').Append(value);

        public override string ToString() => $"{_text}}}";
    }
}
