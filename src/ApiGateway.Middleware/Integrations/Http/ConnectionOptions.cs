using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>The headers that belong to one connection, because its header <c>Connection</c> names them (RFC 9110 7.6.1).</summary>
internal readonly struct ConnectionOptions
{
    private readonly StringValues _lines;

    /// <summary>Initializes a new instance of the <see cref="ConnectionOptions"/> struct.</summary>
    /// <param name="lines">The values of the header <c>Connection</c>.</param>
    public ConnectionOptions(StringValues lines) => _lines = IsOrdinary(lines) ? default : lines;

    /// <summary>Tells whether a header is among them.</summary>
    public bool Contain(string header)
    {
        foreach (var line in _lines)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (line.AsSpan(range).Trim().Equals(header, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Nearly always: then no header needs to be compared.
    private static bool IsOrdinary(StringValues lines) => lines.Count == 1
        && lines[0] is { } value
        && (value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
            || value.Equals("close", StringComparison.OrdinalIgnoreCase)
            || value.Equals("upgrade", StringComparison.OrdinalIgnoreCase));
}
