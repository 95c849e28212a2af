using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes a REST API in code.</summary>
public sealed class RestApiBuilder
{
    /// <summary>Initializes a new instance of the <see cref="RestApiBuilder"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public RestApiBuilder(string name) => Definition = new RestApiDefinition(name);

    /// <summary>Gets the definition that is being written, for settings without a method here.</summary>
    public RestApiDefinition Definition { get; }

    /// <summary>Adds a method of a resource.</summary>
    /// <param name="routeKey">Method and path, as in settings: <c>GET /orders/{id}</c> or <c>ANY /files/{proxy+}</c>.</param>
    /// <param name="configure">Says what answers.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="routeKey"/> has no space between method and path.</exception>
    public RestApiBuilder Map(string routeKey, Action<MethodBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(routeKey);
        ArgumentNullException.ThrowIfNull(configure);

        if (!RouteKey.TryParse(routeKey, out var httpMethod, out var path))
        {
            throw new ArgumentException($"A route key is 'METHOD /path', but is '{routeKey}'.", nameof(routeKey));
        }

        var method = new MethodBuilder(new MethodDefinition(httpMethod, path));
        configure(method);
        Definition.Methods.Add(method.Definition);
        return this;
    }

    /// <summary>Adds a stage.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="variables">The stage variables.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Stage(string name, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var stage = new StageDefinition(name);
        foreach (var (variable, value) in variables)
        {
            stage.Variables[variable] = value;
        }

        Definition.Stages[name] = stage;
        return this;
    }

    /// <summary>Adds a host at which alone the API answers.</summary>
    /// <param name="host">The host, without port; <c>*.example.com</c> means every host below it.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Host(string host)
    {
        Definition.Hosts.Add(host);
        return this;
    }

    /// <summary>Sets the path before the stage.</summary>
    /// <param name="path">The path, such as <c>/shop</c>.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder BasePath(string path)
    {
        Definition.BasePath = path;
        return this;
    }
}
