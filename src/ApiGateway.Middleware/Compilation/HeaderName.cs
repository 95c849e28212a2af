using System.Buffers;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Names of headers: tokens of RFC 9110 5.6.2.</summary>
internal static class HeaderName
{
    private static readonly SearchValues<char> Characters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    public static bool IsValid(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(Characters);
}
