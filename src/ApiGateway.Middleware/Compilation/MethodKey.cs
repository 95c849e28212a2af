namespace ApiGateway.Middleware.Compilation;

/// <summary>Keys by which stages and usage plans name methods: <c>{resourcePath}/{METHOD}</c>, with the path's slashes written as they
/// are or as <c>~1</c>.</summary>
internal static class MethodKey
{
    public const string All = "*/*";

    /// <summary>Gets the key of the route, such as <c>GET /orders</c>, or <see langword="null"/> if the text is no method's key.</summary>
    public static string? ToRouteKey(string key)
    {
        var text = key.Replace("~1", "/", StringComparison.Ordinal);
        var end = text.LastIndexOf('/');
        if (end < 0 || end == text.Length - 1)
        {
            return null;
        }

        var path = end == 0 ? "/" : text[..end];
        return path[0] == '/' ? $"{text[(end + 1)..]} {path}" : null;
    }

    /// <summary>Gets the key of a method, such as <c>/orders/GET</c>.</summary>
    public static string Of(string httpMethod, string resourcePath) => $"{resourcePath}/{httpMethod}";
}
