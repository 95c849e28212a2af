using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>The head of a response whose body is held. Once something was sent, it counts as sent, as it would with nothing held.</summary>
/// <remarks>Otherwise code that replaces an answer only while that is possible would append to the first part of another one.</remarks>
internal sealed class EncodedResponse(IHttpResponseFeature inner, EncodedBody body) : IHttpResponseFeature
{
    public int StatusCode
    {
        get => inner.StatusCode;
        set => inner.StatusCode = value;
    }

    public string? ReasonPhrase
    {
        get => inner.ReasonPhrase;
        set => inner.ReasonPhrase = value;
    }

    public IHeaderDictionary Headers
    {
        get => inner.Headers;
        set => inner.Headers = value;
    }

    [Obsolete("Use IHttpResponseBodyFeature.Stream instead.", error: false)]
    public Stream Body
    {
        get => body.Stream;
        set => inner.Body = value;
    }

    public bool HasStarted => inner.HasStarted || body.HasStarted;

    public void OnStarting(Func<object, Task> callback, object state) => inner.OnStarting(callback, state);

    public void OnCompleted(Func<object, Task> callback, object state) => inner.OnCompleted(callback, state);
}
