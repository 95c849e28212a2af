using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>Who may call <c>@connections</c> of a WebSocket API over HTTP.</summary>
public sealed class ConnectionsAccessDefinition : DefinitionNode
{
    /// <summary>Gets or sets whether there is such an interface over HTTP. The default is true. <c>IGatewayConnections</c> is always there.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how callers are told apart: <see cref="AuthorizationType.AwsIam"/>, the default and what Amazon API Gateway does;
    /// <see cref="AuthorizationType.Custom"/> with an authorizer; or <see cref="AuthorizationType.None"/>, for networks that are closed otherwise.</summary>
    public AuthorizationType AuthorizationType { get; set; } = AuthorizationType.AwsIam;

    /// <summary>Gets or sets the name of the authorizer in <see cref="ApiDefinition.Authorizers"/>, for <see cref="AuthorizationType.Custom"/>.</summary>
    public string? AuthorizerId { get; set; }
}
