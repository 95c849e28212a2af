using System.Collections.Concurrent;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Keeps compiled paths whose text is known at run time only. Emptied when full; malformed paths are kept as null.</summary>
internal static class JsonPathCache
{
    private const int Capacity = 512;

    private static readonly ConcurrentDictionary<string, JsonPath?> Paths = new();

    public static JsonPath? Get(string text)
    {
        if (Paths.TryGetValue(text, out var path))
        {
            return path;
        }

        if (Paths.Count >= Capacity)
        {
            Paths.Clear();
        }

        path = JsonPath.TryParse(text, out var parsed) ? parsed : null;
        Paths[text] = path;
        return path;
    }
}
