namespace ApiGateway.Middleware.Definitions;

/// <summary>Lets browsers call a REST API from other origins, by one setting: <c>Cors</c>.</summary>
/// <remarks>Answers OPTIONS, and adds headers to integration responses and to the gateway's own errors. Not part of imports.</remarks>
public sealed class CorsDefinition : DefinitionNode
{
    /// <summary>Gets the origins, such as <c>https://shop.example.com</c>, <c>https://*.example.com</c> for all below a name, or <c>*</c>.</summary>
    public IList<string> AllowOrigins { get; } = [];

    /// <summary>Gets the methods. The default is those that the resource has, and OPTIONS.</summary>
    public IList<string> AllowMethods { get; } = [];

    /// <summary>Gets the request headers. The default is the list of the console: <c>Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token</c>.</summary>
    public IList<string> AllowHeaders { get; } = [];

    /// <summary>Gets the response headers that scripts may read. The default is none.</summary>
    public IList<string> ExposeHeaders { get; } = [];

    /// <summary>Gets or sets how long a browser may remember the answer, in seconds. The default is that of the browser.</summary>
    /// <value>From -1, not at all, to 86,400.</value>
    public int? MaxAge { get; set; }

    /// <summary>Gets or sets whether scripts may send cookies. Not together with <c>*</c> anywhere.</summary>
    public bool AllowCredentials { get; set; }
}
