using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The lifetime of work that goes on behind an answer: a client that leaves has nothing to do with it.</summary>
internal sealed class DetachedLifetime : IHttpRequestLifetimeFeature
{
    public CancellationToken RequestAborted { get; set; }

    public void Abort()
    {
    }
}
