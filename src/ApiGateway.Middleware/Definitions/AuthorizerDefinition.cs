namespace ApiGateway.Middleware.Definitions;

/// <summary>Something that decides who may call; <c>AWS::ApiGateway::Authorizer</c>.</summary>
/// <param name="name">The authorizer's name, by which methods refer to it.</param>
public sealed class AuthorizerDefinition(string name) : DefinitionNode
{
    /// <summary>Gets the authorizer's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets the kind: <c>TOKEN</c>, <c>REQUEST</c>, <c>COGNITO_USER_POOLS</c> or <c>JWT</c>.</summary>
    public string Type { get; set; } = "TOKEN";

    /// <summary>Gets or sets the name of an authorizer inside the application that decides in place of a function. Settings and code only.</summary>
    /// <remarks>Its results are remembered only where <see cref="AuthorizerResultTtlInSeconds"/> says so.</remarks>
    public string? Handler { get; set; }

    /// <summary>Gets or sets the free text of <c>x-amazon-apigateway-authtype</c>.</summary>
    public string? AuthType { get; set; }

    /// <summary>Gets or sets the function to ask.</summary>
    public string? AuthorizerUri { get; set; }

    /// <summary>Gets or sets the role for asking it.</summary>
    public string? AuthorizerCredentials { get; set; }

    /// <summary>Gets or sets where the identity is read, such as <c>method.request.header.Authorization</c>; several with commas.
    /// HTTP APIs write <c>$request.header.Authorization</c> or <c>$request.querystring.token</c>.</summary>
    public string? IdentitySource { get; set; }

    /// <summary>Gets or sets the regular expression that a token must match before the function is asked; for user pools, that its <c>aud</c> must match.</summary>
    public string? IdentityValidationExpression { get; set; }

    /// <summary>Gets or sets how long an answer is remembered, in seconds, from 0 to 3600.</summary>
    /// <value>The default is 300 for user pools, for <c>JWT</c>, and for functions with identity sources, and 0 for handlers and where there is no identity source.</value>
    public int? AuthorizerResultTtlInSeconds { get; set; }

    /// <summary>Gets the user pools, such as <c>arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI</c>.</summary>
    public IList<string> ProviderArns { get; } = [];

    /// <summary>Gets the app clients whose tokens are good, for <c>COGNITO_USER_POOLS</c>. Settings and code only.</summary>
    /// <value>The default is empty: every client of the user pools, as in the managed service.</value>
    public IList<string> AllowedClientIds { get; } = [];

    /// <summary>Gets or sets the form of the events that a function of an HTTP API gets: <c>1.0</c> or <c>2.0</c>.</summary>
    public string? AuthorizerPayloadFormatVersion { get; set; }

    /// <summary>Gets or sets whether a function of an HTTP API answers <c>{"isAuthorized": true}</c> instead of a policy. Format 2.0 only.</summary>
    public bool EnableSimpleResponses { get; set; }

    /// <summary>Gets where the identity is read with HTTP APIs, such as <c>$request.header.Authorization</c>.</summary>
    public IList<string> IdentitySources { get; } = [];

    /// <summary>Gets or sets which tokens are good, for <c>JWT</c>.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public JwtConfigurationDefinition? JwtConfiguration { get; set; }
}
