using ApiGateway.Middleware.Languages.Templates;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A body of a customized answer for clients that accept its content type.</summary>
internal readonly record struct GatewayResponseBody(string ContentType, SubstitutionTemplate Template);
