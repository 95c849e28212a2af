using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A header of a customized answer, and where its value comes from.</summary>
internal readonly record struct GatewayResponseHeader(string Name, ParameterExpression Value);
