using System.Globalization;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Cors;

/// <summary>A script in a page of another origin: asks first where a browser would, and sees no more than a browser would show.</summary>
/// <remarks>Fetch standard: "HTTP fetch", "CORS-preflight fetch", "CORS check", "CORS-safelisted response-header name".</remarks>
internal sealed class Browser(TestHost host, string origin, bool sendsCredentials = false)
{
    private static readonly string[] SimpleMethods = ["GET", "HEAD", "POST"];
    private static readonly string[] SafeResponseHeaders = ["Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma"];

    /// <summary>Gets how many preflights were sent.</summary>
    public int Preflights { get; private set; }

    /// <summary>Gets how long the last preflight may be remembered, in seconds.</summary>
    public int? MaxAge { get; private set; }

    /// <summary>Fetches, or gives <see langword="null"/> where a script gets no more than an error.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target.</param>
    /// <param name="header">A request header that needs permission, or <see langword="null"/>.</param>
    /// <returns>Status, body and the visible header <c>X-Answer</c>.</returns>
    public async Task<(int Status, string Text, string? Header)?> FetchAsync(string method, string target, string? header = null)
    {
        if ((!SimpleMethods.Contains(method) || header is not null) && !await IsAllowedAsync(method, target, header))
        {
            return null;
        }

        using var response = await host.SendAsync(
            new HttpMethod(method), target, header is null ? [("Origin", origin)] : [("Origin", origin), (header, "value")]);
        if (!Passes(response))
        {
            return null;
        }

        var exposed = ListOf(response, "Access-Control-Expose-Headers").Concat(SafeResponseHeaders);
        var value = exposed.Contains("X-Answer", StringComparer.OrdinalIgnoreCase) && response.Headers.TryGetValues("X-Answer", out var values)
            ? values.Single() : null;
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), value);
    }

    private async Task<bool> IsAllowedAsync(string method, string target, string? header)
    {
        Preflights++;
        (string, string)[] asked = [("Origin", origin), ("Access-Control-Request-Method", method)];
        using var response = await host.SendAsync(
            HttpMethod.Options, target, header is null ? asked : [.. asked, ("Access-Control-Request-Headers", header.ToLowerInvariant())]);
        MaxAge = ListOf(response, "Access-Control-Max-Age") is [var age] ? int.Parse(age, CultureInfo.InvariantCulture) : null;
        return response.IsSuccessStatusCode
            && Passes(response)
            && (SimpleMethods.Contains(method) || IsIn(ListOf(response, "Access-Control-Allow-Methods"), method, StringComparison.Ordinal))
            && (header is null || IsIn(ListOf(response, "Access-Control-Allow-Headers"), header, StringComparison.OrdinalIgnoreCase));
    }

    private bool IsIn(IEnumerable<string> list, string name, StringComparison comparison) =>
        list.Any(item => item.Equals(name, comparison) || (item == "*" && !sendsCredentials));

    private bool Passes(HttpResponseMessage response) => ListOf(response, "Access-Control-Allow-Origin") is [var allowed]
        && ((allowed == "*" && !sendsCredentials)
            || (allowed == origin && (!sendsCredentials || ListOf(response, "Access-Control-Allow-Credentials") is ["true"])));

    private static string[] ListOf(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values)
        ? string.Join(',', values).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];
}
