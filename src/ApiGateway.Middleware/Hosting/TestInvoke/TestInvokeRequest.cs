namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>A request to try a method with.</summary>
public sealed class TestInvokeRequest
{
    /// <summary>Initializes a new instance of the <see cref="TestInvokeRequest"/> class.</summary>
    /// <param name="api">The API's name, or its id.</param>
    /// <param name="stage">The stage, of which variables are taken.</param>
    /// <param name="httpMethod">The method: <c>GET</c>, <c>POST</c>, <c>PUT</c>, <c>DELETE</c>, <c>PATCH</c>, <c>OPTIONS</c> or <c>HEAD</c>.</param>
    /// <param name="pathWithQueryString">The resource path behind the stage, with values in place of path variables: <c>/orders/42?expand=lines</c>.</param>
    public TestInvokeRequest(string api, string stage, string httpMethod, string pathWithQueryString)
    {
        ArgumentException.ThrowIfNullOrEmpty(api);
        ArgumentException.ThrowIfNullOrEmpty(stage);
        ArgumentException.ThrowIfNullOrEmpty(httpMethod);
        ArgumentException.ThrowIfNullOrEmpty(pathWithQueryString);

        Api = api;
        Stage = stage;
        HttpMethod = httpMethod;
        PathWithQueryString = pathWithQueryString;
    }

    /// <summary>Gets the API's name or id.</summary>
    public string Api { get; }

    /// <summary>Gets the stage.</summary>
    public string Stage { get; }

    /// <summary>Gets the HTTP method.</summary>
    public string HttpMethod { get; }

    /// <summary>Gets the path behind the stage, and the query.</summary>
    public string PathWithQueryString { get; }

    /// <summary>Gets the headers. <c>Content-Type</c> counts as <c>application/json</c> whatever its value, as in the managed service.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets headers of several lines; they take the place of those in <see cref="Headers"/>.</summary>
    public IDictionary<string, IReadOnlyList<string>> MultiValueHeaders { get; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the body: at most 10 MB as UTF-8. The default is none.</summary>
    public string? Body { get; set; }
}
