namespace ApiGateway.Middleware.Definitions;

/// <summary>A piece of documentation; <c>AWS::ApiGateway::DocumentationPart</c>. It has no effect on requests.</summary>
/// <param name="Location">The location, as JSON text.</param>
/// <param name="Properties">The properties, as JSON text.</param>
public sealed record DocumentationPartDefinition(string Location, string Properties);
