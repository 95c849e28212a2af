using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>What reached a backend.</summary>
internal sealed record RecordedRequest(string Method, string Target, string Protocol, IReadOnlyDictionary<string, string[]> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Gets the values of a header, joined, or <see langword="null"/>.</summary>
    public string? this[string header] => Headers.TryGetValue(header, out var values) ? string.Join(", ", values) : null;

    public static async Task<RecordedRequest> FromAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return new RecordedRequest(
            http.Request.Method,
            http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Protocol,
            http.Request.Headers.ToDictionary(
                static item => item.Key, static item => item.Value.Select(static value => value ?? "").ToArray(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}
