using System.Text.Json;

namespace Peers;

/// <summary>A definition of many routes, as a list and as a settings file.</summary>
internal static class StartRoutes
{
    private const string Backend = "http://127.0.0.1:9";

    /// <summary>Makes one route less than <paramref name="count"/>: the one that answers is not among them.</summary>
    public static List<(string Key, string Uri)> Make(int count)
    {
        var routes = new List<(string, string)>(count);
        for (var i = 1; i < count; i++)
        {
            var service = $"/service{i / 10}";
            routes.Add((i % 10) switch
            {
                0 => ($"GET {service}/orders", $"{Backend}/orders"),
                1 => ($"POST {service}/orders", $"{Backend}/orders"),
                2 => ($"GET {service}/orders/{{order}}", $"{Backend}/orders/{{order}}"),
                3 => ($"PUT {service}/orders/{{order}}", $"{Backend}/orders/{{order}}"),
                4 => ($"GET {service}/orders/{{order}}/items", $"{Backend}/orders/{{order}}/items"),
                5 => ($"GET {service}/orders/{{order}}/items/{{item}}", $"{Backend}/orders/{{order}}/items/{{item}}"),
                6 => ($"GET {service}/customers/{{customer}}", $"{Backend}/customers/{{customer}}"),
                7 => ($"GET {service}/reports/daily", $"{Backend}/reports/daily"),
                8 => ($"ANY {service}/files/{{proxy+}}", $"{Backend}/files/{{proxy}}"),
                _ => ($"GET {service}/search", $"{Backend}/search"),
            });
        }

        return routes;
    }

    public static void Write(string path, int count)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("ApiGateway");
        json.WriteStartObject("Apis");
        json.WriteStartObject("start");
        json.WriteString("ProtocolType", "REST");
        json.WriteStartObject("Stages");
        json.WriteStartObject("prod");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("Routes");
        WriteRoute(json, "GET /service0/health", "IN_PROCESS", null);
        foreach (var (key, uri) in Make(count))
        {
            WriteRoute(json, key, "HTTP_PROXY", uri);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRoute(Utf8JsonWriter json, string key, string type, string? uri)
    {
        json.WriteStartObject(key);
        json.WriteStartObject("Integration");
        json.WriteString("Type", type);
        if (uri is not null)
        {
            json.WriteString("Uri", uri);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
