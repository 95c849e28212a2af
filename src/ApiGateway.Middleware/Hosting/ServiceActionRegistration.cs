using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>An action and what carries it out.</summary>
internal sealed record ServiceActionRegistration(string Subtype, ServiceAction Action);
