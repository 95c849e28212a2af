using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Context;

/// <summary>Gives the application's code a token that is also cancelled when the integration's time is up.</summary>
/// <remarks>The clock starts when the token is first read: who never looks at it, and that is most handlers, pays nothing.</remarks>
internal sealed class IntegrationLifetime(RequestTimeout timeout) : IHttpRequestLifetimeFeature
{
    private IHttpRequestLifetimeFeature? _inner;
    private TimeProvider _time = TimeProvider.System;
    private TimeSpan _limit;
    private CancellationToken? _token;

    public RequestTimeout Timeout => timeout;

    public CancellationToken RequestAborted
    {
        get => _token ??= timeout.Arm(_limit, _time, _inner?.RequestAborted ?? default);
        set => _token = value;
    }

    public void Abort() => _inner?.Abort();

    /// <summary>Takes the place of the server's feature.</summary>
    public void Enter(HttpContext http, TimeSpan limit, TimeProvider time)
    {
        _inner = http.Features.Get<IHttpRequestLifetimeFeature>();
        _limit = limit;
        _time = time;
        http.Features.Set<IHttpRequestLifetimeFeature>(this);
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(HttpContext http)
    {
        http.Features.Set(_inner);
        _inner = null;
        _token = null;
    }
}
