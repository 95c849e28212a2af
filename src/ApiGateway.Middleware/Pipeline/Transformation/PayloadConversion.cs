using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Converts bodies between text and bytes, in place: "Content type conversions in API Gateway".</summary>
/// <remarks>
/// Text on this path is UTF-8, bytes that are none become U+FFFD. Bytes become text as base64. In base64 white space is skipped;
/// padding is not optional. A body grows by a third as base64, and to at most three times its length where it is no text at all.
/// </remarks>
internal static class PayloadConversion
{
    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>Converts a request's body to what the integration receives.</summary>
    /// <param name="isBinary">Whether the request's <c>Content-Type</c> is one of the API's binary media types.</param>
    /// <param name="handling">The integration's <c>contentHandling</c>.</param>
    /// <param name="body">The body; converted in place.</param>
    /// <returns>Whether that was possible. If not, the base64 was none: the body is lost, and the answer is <c>API_CONFIGURATION_ERROR</c>.</returns>
    public static bool TryConvertRequest(bool isBinary, ContentHandling handling, PooledBufferWriter body)
    {
        switch (isBinary, handling)
        {
            case (false, ContentHandling.ConvertToBinary):
                return TryDecode(body);

            case (false, _):
                MakeText(body);
                return true;

            case (true, ContentHandling.ConvertToText):
                Encode(body);
                return true;

            default:
                return true;
        }
    }

    /// <summary>Converts an integration's body to what the client receives.</summary>
    /// <param name="payloadIsBinary">Whether the integration's <c>Content-Type</c> is one of the API's binary media types.</param>
    /// <param name="acceptIsBinary">Whether the first type of the client's <c>Accept</c> is.</param>
    /// <param name="handling">The <c>contentHandling</c> of the integration response.</param>
    /// <param name="body">The body; converted in place.</param>
    /// <returns>Whether that was possible. If not, the base64 was none: the body is lost, and the answer is <c>API_CONFIGURATION_ERROR</c>.</returns>
    public static bool TryConvertResponse(bool payloadIsBinary, bool acceptIsBinary, ContentHandling handling, PooledBufferWriter body)
    {
        if (handling == ContentHandling.None)
        {
            handling = acceptIsBinary ? ContentHandling.ConvertToBinary : ContentHandling.ConvertToText;
        }

        switch (payloadIsBinary, handling)
        {
            case (false, ContentHandling.ConvertToBinary):
                return TryDecode(body);

            case (false, _):
                MakeText(body);
                return true;

            case (true, ContentHandling.ConvertToText):
                Encode(body);
                return true;

            default:
                return true;
        }
    }

    /// <summary>Writes a body as base64, or reads it as that, whatever its type.</summary>
    /// <returns>Whether that was possible.</returns>
    public static bool TryCode(ContentHandling handling, PooledBufferWriter body)
    {
        switch (handling)
        {
            case ContentHandling.ConvertToBinary:
                return TryDecode(body);

            case ContentHandling.ConvertToText:
                Encode(body);
                return true;

            default:
                return true;
        }
    }

    /// <summary>Tells whether a request's body is text after its conversion. Only text can go through a template.</summary>
    public static bool RequestIsText(bool isBinary, ContentHandling handling) =>
        handling == ContentHandling.ConvertToText || (handling == ContentHandling.None && !isBinary);

    /// <summary>Tells whether an integration's body is text after its conversion.</summary>
    public static bool ResponseIsText(bool acceptIsBinary, ContentHandling handling) =>
        handling == ContentHandling.ConvertToText || (handling == ContentHandling.None && !acceptIsBinary);

    private static bool TryDecode(PooledBufferWriter body)
    {
        var status = Base64.DecodeFromUtf8InPlace(body.Resize(body.Length), out var length);
        body.Truncate(length);
        return status == OperationStatus.Done;
    }

    private static void Encode(PooledBufferWriter body)
    {
        var length = body.Length;
        Base64.EncodeToUtf8InPlace(body.Resize(Base64.GetMaxEncodedToUtf8Length(length)), length, out _);
    }

    private static void MakeText(PooledBufferWriter body)
    {
        if (!Utf8.IsValid(body.WrittenSpan))
        {
            Repair(body);
        }
    }

    // A replacement is never shorter than what it replaces, so text that is written from the start of the buffer does not overtake
    // the bytes that were moved to its end.
    private static void Repair(PooledBufferWriter body)
    {
        var from = body.Length;
        var length = RepairedLength(body.WrittenSpan);
        var bytes = body.Resize(length);
        var source = bytes[(length - from)..];
        bytes[..from].CopyTo(source);

        var at = 0;
        while (!source.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(source, out _, out var consumed);
            var text = status == OperationStatus.Done ? source[..consumed] : Replacement;
            text.CopyTo(bytes[at..]);
            at += text.Length;
            source = source[consumed..];
        }
    }

    private static int RepairedLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0L;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var consumed);
            length += status == OperationStatus.Done ? consumed : Replacement.Length;
            bytes = bytes[consumed..];
        }

        return (int)Math.Min(length, int.MaxValue);
    }
}
