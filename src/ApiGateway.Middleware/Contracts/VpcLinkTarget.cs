using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Contracts;

/// <summary>What an integration asks of a VPC link.</summary>
/// <param name="LinkId">The link's id.</param>
/// <param name="Target">What the definition names behind it: the ARN of a listener, a load balancer or a Cloud Map service, with its query
/// parameters, or the address of a load balancer.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VpcLinkTarget(string LinkId, string Target);
