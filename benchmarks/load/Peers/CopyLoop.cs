using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Peers;

/// <summary>What one writes by hand to hand requests on: copy the head, send, copy the answer. No time limit, no checks, no errors.</summary>
/// <remarks>It sends the headers that the gateway sends, over the same kind of connections.</remarks>
internal sealed class CopyLoop(string backend)
{
    private static readonly FrozenSet<string> OfTheConnection = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Host", "Expect", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        EnableMultipleHttp2Connections = true,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ResponseDrainTimeout = TimeSpan.FromSeconds(2),
        UseCookies = false,
        UseProxy = false,
    });

    public async Task InvokeAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new HttpRequestMessage(HttpMethod.Parse(http.Request.Method), new Uri(backend + target));
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach (var (name, values) in http.Request.Headers)
        {
            if (!OfTheConnection.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.ToString()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToString());
            }
        }

        var earlier = http.Request.Headers["X-Forwarded-For"].ToString();
        var address = http.Connection.RemoteIpAddress!.ToString();
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", earlier.Length == 0 ? address : $"{earlier}, {address}");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", http.Request.Scheme);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", http.Request.Host.Value);

        using var response = await _client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (!OfTheConnection.Contains(name))
            {
                http.Response.Headers[name] = values.ToString();
            }
        }

        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            http.Response.Headers[name] = values.ToString();
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
