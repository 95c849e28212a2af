using System.Text;

namespace ApiGateway.Middleware.Contracts;

/// <summary>A service's answer, which the client gets as it is.</summary>
public sealed class ServiceActionResult
{
    /// <summary>Gets the status.</summary>
    /// <value>From 200 to 599; any other is answered with 500. The default is 200.</value>
    public int StatusCode { get; init; } = 200;

    /// <summary>Gets the content type. The default is <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Gets the body. The default is empty.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Makes an answer of status 200 with a text.</summary>
    /// <param name="json">The body, JSON.</param>
    public static ServiceActionResult Json(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new ServiceActionResult { Body = Encoding.UTF8.GetBytes(json) };
    }
}
