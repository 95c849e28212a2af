using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A parameter of a service action.</summary>
/// <param name="Name">The name in definitions, such as <c>QueueUrl</c>.</param>
/// <param name="Member">The name in the service's JSON.</param>
/// <param name="Kind">The form in the service's JSON.</param>
/// <param name="IsRequired">Whether a request without a value is refused.</param>
/// <param name="Value">The value, stage variables filled in.</param>
internal sealed record ServiceParameter(string Name, string Member, ServiceValueKind Kind, bool IsRequired, MappingExpression Value);
