namespace ApiGateway.Middleware.Definitions;

/// <summary>Who may call an HTTP API from other origins; <c>CorsConfiguration</c> of <c>AWS::ApiGatewayV2::Api</c>.</summary>
/// <remarks>The gateway then answers preflights, and headers <c>access-control-*</c> of integrations are removed.</remarks>
public sealed class HttpCorsDefinition : DefinitionNode
{
    /// <summary>Gets the origins: <c>https://shop.example.com</c>, compared as a whole; <c>*</c> for all;
    /// <c>http://*</c> or <c>https://*</c> for all of a scheme.</summary>
    public IList<string> AllowOrigins { get; } = [];

    /// <summary>Gets the methods that preflights are told. The default, none, leaves the header out.</summary>
    public IList<string> AllowMethods { get; } = [];

    /// <summary>Gets the request headers that preflights are told. The default, none, leaves the header out.</summary>
    public IList<string> AllowHeaders { get; } = [];

    /// <summary>Gets the response headers that scripts may read. The default is none.</summary>
    public IList<string> ExposeHeaders { get; } = [];

    /// <summary>Gets or sets how long a browser may remember the answer to a preflight, in seconds, from -1 to 86,400.</summary>
    /// <value>The default is that of the browser; -1 means not at all.</value>
    public int? MaxAge { get; set; }

    /// <summary>Gets or sets whether scripts may send cookies. Not together with the origin <c>*</c>.</summary>
    public bool AllowCredentials { get; set; }
}
