using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Writes the parameters of an action as the JSON that the service reads.</summary>
internal static class ServiceActionBody
{
    private const string Region = "Region";

    public static void Write(PooledBufferWriter target, ServiceActionPlan plan, IReadOnlyDictionary<string, string> values)
    {
        using var json = new Utf8JsonWriter(target);
        json.WriteStartObject();
        if (plan.Wrapper is { } wrapper)
        {
            json.WriteStartArray(wrapper);
            json.WriteStartObject();
        }

        foreach (var parameter in plan.Parameters)
        {
            // Which server is asked is no part of what it is asked.
            if (parameter.Name != Region && values.TryGetValue(parameter.Name, out var value))
            {
                json.WritePropertyName(parameter.Member);
                Write(json, parameter.Kind, value);
            }
        }

        if (plan.Wrapper is not null)
        {
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ServiceValueKind kind, string value)
    {
        switch (kind)
        {
            case ServiceValueKind.Bytes:
                json.WriteBase64StringValue(Encoding.UTF8.GetBytes(value));
                break;
            case ServiceValueKind.Number when Is(value, JsonTokenType.Number):
            case ServiceValueKind.Json when Is(value, JsonTokenType.StartObject):
            case ServiceValueKind.List when Is(value, JsonTokenType.StartArray):
                json.WriteRawValue(value);
                break;
            case ServiceValueKind.List:
                json.WriteStartArray();
                json.WriteStringValue(value);
                json.WriteEndArray();
                break;
            default:
                // What is of another form is the service's to refuse.
                json.WriteStringValue(value);
                break;
        }
    }

    private static bool Is(string text, JsonTokenType first)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            if (!reader.Read() || reader.TokenType != first)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
