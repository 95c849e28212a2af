using System.Security.Cryptography;
using System.Text;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Makes ids that depend on content alone: ten characters of base 36, like those of Amazon API Gateway.</summary>
internal static class StableId
{
    private const int Length = 10;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Of(string content)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        return string.Create(Length, BitConverter.ToUInt64(hash), static (text, bits) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                (bits, var digit) = Math.DivRem(bits, 36);
                text[i] = Digits[(int)digit];
            }
        });
    }
}
