using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace ApiGateway.Middleware.Context;

/// <summary>Makes and checks the ids of WebSocket connections: eleven random bytes in URL-safe base64, such as <c>VNRUSeldSwMCIRQ=</c>.</summary>
internal static class ConnectionIds
{
    private const int Bytes = 11;
    private const int MinLength = 14;
    private const int MaxLength = 22;
    private const int MaxPadding = 2;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>Makes an id that nobody can guess: who knows one, and may call the API, can post to its client.</summary>
    public static string New()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes) + "=";
    }

    /// <summary>Tells whether a text has the form of an id.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var id = text.TrimEnd('=');
        return text.Length - id.Length <= MaxPadding && id.Length is >= MinLength and <= MaxLength
            && !id.ContainsAnyExcept(Characters);
    }
}
