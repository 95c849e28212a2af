using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A VPC link and what finds the backends behind it.</summary>
internal sealed record VpcLinkRegistration(string Id, VpcLinkResolver Resolver);
