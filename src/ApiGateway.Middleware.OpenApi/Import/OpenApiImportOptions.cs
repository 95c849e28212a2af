using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>How a document becomes an API.</summary>
public sealed class OpenApiImportOptions
{
    /// <summary>Gets or sets which kind of API the document describes; it cannot tell itself.</summary>
    /// <value><see cref="ApiKind.Rest"/>, the default, or <see cref="ApiKind.Http"/>.</value>
    public ApiKind ProtocolType { get; set; }

    /// <summary>Gets or sets the API's name. The default is the name of the file without its extension.</summary>
    public string? Name { get; set; }

    /// <summary>Gets or sets the API's id. The default is its name.</summary>
    public string? Id { get; set; }

    /// <summary>Gets or sets what becomes of the document's base path.</summary>
    public BasePathMode BasePathMode { get; set; }

    /// <summary>Gets or sets whether warnings about the document reject it.</summary>
    /// <value>The default is false. What the gateway then warns of, such as features that it does not carry out yet, never rejects.</value>
    public bool FailOnWarnings { get; set; }

    /// <summary>Gets or sets whether documentation parts are left out; <c>ignore=documentation</c>.</summary>
    public bool IgnoreDocumentation { get; set; }

    /// <summary>Gets or sets the type of endpoint: <c>EDGE</c>, <c>REGIONAL</c> or <c>PRIVATE</c>. It is kept for exports.</summary>
    public string? EndpointConfigurationType { get; set; }

    /// <summary>Gets or sets what answers operations without <c>x-amazon-apigateway-integration</c>.</summary>
    /// <value>
    /// <c>IN_PROCESS</c>, or the address of a backend such as <c>http://orders:8080</c>, to which the path is appended. The default is
    /// nothing. In a document without any extension of Amazon API Gateway, it also switches the validation of parameters and bodies on.
    /// </value>
    public string? DefaultIntegration { get; set; }

    /// <summary>Gets for whom tokens must be meant (<c>aud</c>) where a security scheme of type <c>openIdConnect</c> has no
    /// <c>x-amazon-apigateway-authorizer</c>: with audiences, the scheme becomes an authorizer of type <c>JWT</c> whose issuer is
    /// <c>openIdConnectUrl</c> without <c>/.well-known/openid-configuration</c>.</summary>
    /// <value>The default is empty: such schemes have no effect, as in the managed service, and a warning says so.</value>
    public IList<string> Audiences { get; } = [];

    /// <summary>Gets or sets how the documents of <see cref="MoreDocuments"/> change the first one.</summary>
    public ImportMode Mode { get; set; }

    /// <summary>Gets the files that are imported, in this order, after the first one into the same API.</summary>
    public IList<string> MoreDocuments { get; } = [];

    /// <summary>Gets values for <c>${Name}</c> in <c>Fn::Sub</c>, and for <c>Ref</c>; they win over those of <c>AWS::Region</c> and the like.</summary>
    public IDictionary<string, string> Substitutions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the value of <c>${AWS::Region}</c>. The default is the gateway's.</summary>
    public string? Region { get; set; }

    /// <summary>Gets or sets the value of <c>${AWS::AccountId}</c>. The default is the gateway's.</summary>
    public string? AccountId { get; set; }

    /// <summary>Gets or sets the value of <c>${AWS::Partition}</c>. The default is the gateway's.</summary>
    public string? Partition { get; set; }

    /// <summary>Gets the API's stages by name. A document has none.</summary>
    public IDictionary<string, StageDefinition> Stages { get; } = new Dictionary<string, StageDefinition>(StringComparer.Ordinal);

    /// <summary>Gets or sets what is done to a REST API after the import, such as adding hosts. The default is nothing.</summary>
    public Action<RestApiDefinition>? ConfigureApi { get; set; }

    /// <summary>Gets or sets what is done to an HTTP API after the import, such as adding hosts. The default is nothing.</summary>
    public Action<HttpApiDefinition>? ConfigureHttpApi { get; set; }

    /// <summary>Adds a stage.</summary>
    /// <param name="name">The stage's name: letters, digits, hyphens and underscores; or <c>$default</c> for HTTP APIs, which is served at the root.</param>
    /// <param name="configure">Sets the stage's variables.</param>
    /// <returns>The same options.</returns>
    public OpenApiImportOptions AddStage(string name, Action<StageDefinition>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        var stage = new StageDefinition(name);
        configure?.Invoke(stage);
        Stages[name] = stage;
        return this;
    }
}
