using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>JSON that two readers cannot understand in two ways: one object, no member twice, no comments, whole UTF-8.</summary>
internal static class StrictJson
{
    /// <summary>Reads an object.</summary>
    /// <returns><see cref="JwtFailure.None"/> if there is a document, which the caller disposes.</returns>
    public static JwtFailure TryParse(ReadOnlyMemory<byte> json, int depth, out JsonDocument document)
    {
        document = null!;
        if (!Utf8.IsValid(json.Span))
        {
            return JwtFailure.Malformed;
        }

        JsonDocument? parsed = null;
        try
        {
            parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = depth, AllowDuplicateProperties = false });
            if (parsed.RootElement.ValueKind != JsonValueKind.Object)
            {
                parsed.Dispose();
                return JwtFailure.Malformed;
            }

            document = parsed;
            return JwtFailure.None;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            parsed?.Dispose();
            return IsJsonBesideDuplicates(json, depth) ? JwtFailure.DuplicateMember : JwtFailure.Malformed;
        }
    }

    /// <summary>Reads a number that is a time: seconds since 1970, at most the end of the year 9999 (RFC 7519, section 2).</summary>
    public static bool TryTime(JsonElement value, out double seconds)
    {
        const double EndOfTime = 253402300799;
        seconds = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out seconds) && seconds is >= 0 and <= EndOfTime;
    }

    /// <summary>Reads a text without halves of surrogates.</summary>
    public static bool TryText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsJsonBesideDuplicates(ReadOnlyMemory<byte> json, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = depth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
