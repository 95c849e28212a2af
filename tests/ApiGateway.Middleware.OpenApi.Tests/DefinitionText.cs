using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Writes a definition as text, so that two of them can be compared: maps in the order of keys, JSON by its values, no origins.</summary>
internal static class DefinitionText
{
    public static string Of(ApiDefinition api)
    {
        var text = new StringBuilder();
        Append(text, api, "api");
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, string path)
    {
        switch (value)
        {
            case null:
                break;
            case string s:
                text.Append(path).Append(" = ").AppendLine(Canonical(s));
                break;
            case IDictionary map:
                foreach (var key in map.Keys.Cast<object>().OrderBy(static key => key.ToString(), StringComparer.Ordinal))
                {
                    Append(text, map[key], $"{path}[{key}]");
                }

                break;
            case IEnumerable list:
                // The order of methods is that of paths in the document, and has no meaning.
                var items = list.Cast<object>();
                if (list is IEnumerable<MethodDefinition> methods)
                {
                    items = methods.OrderBy(static method => method.RouteKey, StringComparer.Ordinal);
                }
                else if (list is IEnumerable<RouteDefinition> routes)
                {
                    items = routes.OrderBy(static route => route.RouteKey, StringComparer.Ordinal);
                }

                var index = 0;
                foreach (var item in items)
                {
                    Append(text, item, $"{path}[{index++}]");
                }

                break;
            case DefinitionOrigin:
                break;
            default:
                if (value.GetType().IsPrimitive || value is Enum)
                {
                    text.Append(path).Append(" = ").Append(value).AppendLine();
                    break;
                }

                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(static p => p.Name, StringComparer.Ordinal))
                {
                    Append(text, property.GetValue(value), $"{path}.{property.Name}");
                }

                break;
        }
    }

    private static string Canonical(string text)
    {
        if (text is not ['{' or '[', ..])
        {
            return text;
        }

        try
        {
            return Sorted(JsonNode.Parse(text))?.ToJsonString() ?? "null";
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => KeyValuePair.Create(m.Key, Sorted(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
