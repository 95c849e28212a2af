namespace ApiGateway.Middleware.Definitions;

/// <summary>What is written of each request to a stage; <c>AccessLogSetting</c> of <c>AWS::ApiGateway::Stage</c>, <c>AccessLogSettings</c> of
/// <c>AWS::ApiGatewayV2::Stage</c>.</summary>
/// <remarks>Source: "Set up CloudWatch logging for REST APIs in API Gateway", "Customize HTTP API access logs", "Configure logging for a WebSocket API".</remarks>
public sealed class AccessLogSettingsDefinition : DefinitionNode
{
    /// <summary>Gets or sets where the managed service would write. In process the lines go to <see cref="Contracts.IAccessLog"/>, which is told.</summary>
    public string? DestinationArn { get; set; }

    /// <summary>Gets or sets the form of a line: text with variables such as <c>$context.requestId</c>, of which that one or
    /// <c>$context.extendedRequestId</c> has to be there; or <c>CLF</c>, <c>JSON</c>, <c>XML</c>, <c>CSV</c>, the forms that the service's console
    /// proposes. Required.</summary>
    public string? Format { get; set; }

    /// <summary>Gets or sets whether values between double quotes are escaped as in JSON. The default is false, as with the service: a quote in a
    /// value ends the text.</summary>
    public bool EscapeJson { get; set; }
}
