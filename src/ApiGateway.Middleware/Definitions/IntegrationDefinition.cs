using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>What answers a method; the property <c>Integration</c> of <c>AWS::ApiGateway::Method</c>.</summary>
public sealed class IntegrationDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="IntegrationDefinition"/> class.</summary>
    /// <param name="type">The kind of integration.</param>
    public IntegrationDefinition(IntegrationKind type) => Type = type;

    /// <summary>Gets the kind of integration.</summary>
    public IntegrationKind Type { get; }

    /// <summary>Gets or sets the backend's address for <c>HTTP</c> and <c>HTTP_PROXY</c>, with <c>{name}</c> for path variables and
    /// <c>${stageVariables.name}</c> for stage variables. Scheme, host and port come from the definition alone, never from a request.
    /// For <c>AWS_PROXY</c> the ARN <c>arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations</c>, or, in settings
    /// and code, the function's name or ARN alone, with <c>${stageVariables.name}</c> in it. For <c>AWS</c> the same, or another service:
    /// <c>arn:aws:apigateway:{region}:{subdomain.service|service}:{path|action}/{target}</c>, with <c>{name}</c> for path parameters in the target.</summary>
    public string? Uri { get; set; }

    /// <summary>Gets or sets the method sent to the backend. The default, like <c>ANY</c>, is the method of the request.</summary>
    public string? IntegrationHttpMethod { get; set; }

    /// <summary>Gets or sets how long the backend may take, in milliseconds.</summary>
    /// <value>From 50 to 900,000; without <see cref="Streaming"/> at most 29,000 is portable to Amazon API Gateway, with HTTP APIs 30,000.
    /// The default is 29,000, with HTTP APIs 30,000.</value>
    public int? TimeoutInMillis { get; set; }

    /// <summary>Gets or sets the name of the <see cref="IInProcessHandler"/> or delegate that answers an <c>IN_PROCESS</c> integration.</summary>
    /// <value>The default is the rest of the application's pipeline.</value>
    public string? Handler { get; set; }

    /// <summary>Gets or sets whether bodies flow through without being held in memory, and without the limit of 10 MB.</summary>
    /// <value>The default is true in settings and code, false for imported definitions.</value>
    public bool? Streaming { get; set; }

    /// <summary>Gets or sets the HTTP version towards the backend: <c>1.1</c> or <c>2</c>. 2 without TLS means prior knowledge (h2c).</summary>
    /// <value>The default is <c>1.1</c>.</value>
    public string? HttpVersion { get; set; }

    /// <summary>Gets or sets whether the certificate authority of an HTTPS backend is not checked. Expiry and host name still are.</summary>
    /// <value>The default is false. CloudFormation has no such property; OpenAPI's is <c>tlsConfig.insecureSkipVerification</c>.</value>
    public bool InsecureSkipVerification { get; set; }

    /// <summary>Gets or sets what happens to a body that no template takes.</summary>
    public PassthroughBehavior PassthroughBehavior { get; set; }

    /// <summary>Gets or sets how the request's body is converted.</summary>
    public ContentHandling ContentHandling { get; set; }

    /// <summary>Gets or sets the role for calling AWS services.</summary>
    public string? Credentials { get; set; }

    /// <summary>Gets or sets <c>INTERNET</c> or <c>VPC_LINK</c>.</summary>
    public string? ConnectionType { get; set; }

    /// <summary>Gets or sets the VPC link.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>Gets or sets the load balancer or service behind the VPC link.</summary>
    public string? IntegrationTarget { get; set; }

    /// <summary>Gets or sets the name under which cached answers are shared: methods of a stage with the same namespace, HTTP method and key
    /// parameters share them. The default is the resource's id.</summary>
    public string? CacheNamespace { get; set; }

    /// <summary>Gets the parameters that cached answers depend on: <c>method.request.{path|querystring|header}.{name}</c>, or an integration
    /// parameter that is mapped from one.</summary>
    public IList<string> CacheKeyParameters { get; } = [];

    /// <summary>Gets or sets whether responses stream; <c>responseTransferMode: STREAM</c>.</summary>
    public bool StreamsResponse { get; set; }

    /// <summary>Gets what the backend's request takes from the client's: <c>integration.request.header.Name</c> to an expression. With HTTP APIs
    /// <c>append|overwrite|remove:header.Name</c>, <c>...:querystring.name</c> or <c>overwrite:path</c>; with a subtype, the names of its parameters.</summary>
    public IDictionary<string, string> RequestParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what becomes of the backend's answers. A definition from settings or code without any passes them on as they are.</summary>
    public IList<IntegrationResponseDefinition> IntegrationResponses { get; } = [];

    /// <summary>Gets the templates of the request by content type.</summary>
    public IDictionary<string, string> RequestTemplates { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets what selects a template of <see cref="RequestTemplates"/>: a text, or <c>${request.body.path}</c>. WebSocket APIs only.</summary>
    /// <value>The default is <c>$default</c>, which also stands in where no template has the name.</value>
    public string? TemplateSelectionExpression { get; set; }

    /// <summary>Gets or sets the form of a function's events and answers with HTTP APIs: <c>1.0</c> or <c>2.0</c>.</summary>
    /// <value>The default in settings and code is <c>2.0</c> for functions; imported definitions must say it. All else has <c>1.0</c>.</value>
    public string? PayloadFormatVersion { get; set; }

    /// <summary>Gets or sets the service and action that an <c>AWS_PROXY</c> of an HTTP API calls, such as <c>SQS-SendMessage</c>.</summary>
    public string? IntegrationSubtype { get; set; }

    /// <summary>Gets or sets the host name that the certificate of a private HTTPS backend must have; <c>tlsConfig.serverNameToVerify</c>.</summary>
    public string? ServerNameToVerify { get; set; }

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets what HTTP APIs change in answers, by the backend's status from <c>200</c> to <c>599</c>:
    /// <c>append|overwrite|remove:header.Name</c> or <c>overwrite:statuscode</c> to an expression.</summary>
    public IDictionary<string, IDictionary<string, string>> ResponseParameters { get; } =
        new Dictionary<string, IDictionary<string, string>>(StringComparer.Ordinal);
}
