using System.Text;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Names as they are written in JSON texts.</summary>
internal static class JsonName
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Returns a name's UTF-8 bytes, or null if it has none, since it holds half a surrogate pair.</summary>
    public static byte[]? Encode(string name)
    {
        try
        {
            return Strict.GetBytes(name);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
