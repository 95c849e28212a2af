using System.Globalization;
using System.Text.Json;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Reads a function's answer of format 1.0 in one pass. Source: "Output format of a Lambda function for proxy integration"; what is
/// refused, as recorded.
/// </summary>
internal static class ProxyAnswerReader
{
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    /// <summary>Reads the payload of an answer.</summary>
    /// <param name="call">The call; its <c>Result</c> takes the answer.</param>
    /// <returns>Whether the answer has the form that is asked for.</returns>
    public static bool TryRead(LambdaCall call)
    {
        try
        {
            return Read(call.Answer.WrittenMemory, call, isStreamHead: false);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no UTF-16 once its escapes are undone.
            return false;
        }
    }

    /// <summary>Reads what stands before the body of a streamed answer: it may have cookies, and has no body.</summary>
    public static bool TryReadHead(ReadOnlyMemory<byte> head, LambdaCall call)
    {
        try
        {
            return Read(head, call, isStreamHead: true);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool Read(ReadOnlyMemory<byte> payload, LambdaCall call, bool isStreamHead)
    {
        var answer = call.Result;
        var reader = new Utf8JsonReader(payload.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isGood;
            if (reader.ValueTextEquals("statusCode"u8))
            {
                isGood = TryReadStatus(ref reader, answer);
            }
            else if (reader.ValueTextEquals("headers"u8))
            {
                isGood = TryReadHeaders(ref reader, answer, isMulti: false);
            }
            else if (reader.ValueTextEquals("multiValueHeaders"u8))
            {
                isGood = TryReadHeaders(ref reader, answer, isMulti: true);
            }
            else if (isStreamHead)
            {
                isGood = reader.ValueTextEquals("cookies"u8) && TryReadCookies(ref reader, answer);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                isGood = TryReadBody(ref reader, payload, call);
            }
            else
            {
                isGood = reader.ValueTextEquals("isBase64Encoded"u8) && TryReadFlag(ref reader, answer);
            }

            if (!isGood)
            {
                return false;
            }
        }

        // Nothing may follow the object; the reader throws if something does.
        return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    private static bool TryReadStatus(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        reader.Read();
        int status;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.Number when reader.TryGetInt32(out status):
                break;
            case JsonTokenType.String when !reader.ValueIsEscaped
                && int.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out status):
                break;
            default:
                return false;
        }

        answer.StatusCode = status;
        return status is >= MinStatus and <= MaxStatus;
    }

    private static bool TryReadHeaders(ref Utf8JsonReader reader, ProxyAnswer answer, bool isMulti)
    {
        answer.RemoveHeaders(isMulti);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = KnownHeaders.NameOf(ref reader);
            reader.Read();
            if (!isMulti)
            {
                if (!TryReadValue(ref reader, answer, name, isMulti))
                {
                    return false;
                }

                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (!TryReadValue(ref reader, answer, name, isMulti))
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Booleans are written as text: recorded.
    private static bool TryReadValue(ref Utf8JsonReader reader, ProxyAnswer answer, string name, bool isMulti)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.String => KnownHeaders.ValueOf(ref reader),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        if (value is null)
        {
            return false;
        }

        answer.Headers.Add(new AnswerHeader(name, value, isMulti));
        return true;
    }

    private static bool TryReadCookies(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            answer.Headers.Add(new AnswerHeader("Set-Cookie", reader.GetString()!, IsMulti: true));
        }

        return reader.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadFlag(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        reader.Read();
        answer.IsBase64Encoded = reader.TokenType == JsonTokenType.True;
        return reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null;
    }

    private static bool TryReadBody(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, LambdaCall call)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            call.Result.Body = default;
            return true;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        call.Result.Body = AnswerText.Of(ref reader, payload, call.Scratch);
        return true;
    }
}
