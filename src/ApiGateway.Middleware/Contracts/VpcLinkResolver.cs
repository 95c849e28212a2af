namespace ApiGateway.Middleware.Contracts;

/// <summary>Finds a backend behind a VPC link. Asked for each request, by several at once: it must not block.</summary>
/// <param name="target">What the integration asks for.</param>
/// <returns>Scheme, host and port, such as <c>http://10.0.0.5:8080</c>, or <see langword="null"/> if there is none now: the request then
/// fails, with 503 on HTTP APIs.</returns>
public delegate Uri? VpcLinkResolver(VpcLinkTarget target);
