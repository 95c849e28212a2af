using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>An HTTP backend.</summary>
internal sealed class HttpIntegrationPlan(IntegrationKind kind, TimeSpan timeout) : IntegrationPlan(kind, timeout)
{
    /// <summary>Gets the address, or <see langword="null"/> if the stage's variables give none: every request then fails with 500.</summary>
    public required UriPlan? Uri { get; init; }

    /// <summary>Gets the method towards the backend, or <see langword="null"/> for that of the request.</summary>
    public required HttpMethod? Method { get; init; }

    /// <summary>Gets whether the backend speaks HTTP/2.</summary>
    public required bool IsHttp2 { get; init; }

    public required bool InsecureSkipVerification { get; init; }

    /// <summary>Gets whether bodies flow through unbuffered and unlimited.</summary>
    public required bool IsStreaming { get; init; }

    /// <summary>Gets whether the client's <c>Authorization</c> is for the gateway alone: a signature, which is of no use to the backend.</summary>
    public bool DropsAuthorization { get; init; }

    /// <summary>Gets whether bodies pass with every method, not only with those that usually have one.</summary>
    public bool PassesAnyBody { get; init; }

    /// <summary>Gets whether nothing of the client's headers and query reaches the backend but what is mapped, and no header of it the client.</summary>
    public bool IsolatesClient { get; init; }

    public required HttpHeaderPlan Headers { get; init; }

    /// <summary>Gets the VPC link through which the backend is reached, or <see langword="null"/>.</summary>
    public VpcLinkPlan? Link { get; init; }

    /// <summary>Gets whether client headers and query reach the backend, and backend headers the client, unless they are kept apart.</summary>
    public bool IsProxy => Kind == IntegrationKind.HttpProxy;
}
