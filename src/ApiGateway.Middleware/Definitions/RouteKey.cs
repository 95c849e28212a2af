namespace ApiGateway.Middleware.Definitions;

/// <summary>Method and path in one text: <c>GET /orders/{id}</c>.</summary>
internal static class RouteKey
{
    public static bool TryParse(string text, out string httpMethod, out string path)
    {
        var space = text.AsSpan().Trim().IndexOf(' ');
        httpMethod = space < 0 ? "" : text.Trim()[..space];
        path = space < 0 ? "" : text.Trim()[space..].Trim();
        return httpMethod.Length > 0 && path.Length > 0;
    }
}
