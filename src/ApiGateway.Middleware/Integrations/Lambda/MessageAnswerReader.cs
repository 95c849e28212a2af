using System.Text.Json;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Reads what a function of a WebSocket API answers: an object with an integer <c>statusCode</c>, and of its headers the chosen
/// subprotocol alone. Other members mean nothing.</summary>
internal static class MessageAnswerReader
{
    private const string Subprotocol = "Sec-WebSocket-Protocol";

    /// <summary>Reads the payload of an answer.</summary>
    /// <param name="call">The call; its <c>Result</c> takes the answer.</param>
    /// <returns>Whether the answer has the form that is asked for.</returns>
    public static bool TryRead(LambdaCall call)
    {
        try
        {
            return Read(call);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or a string that is no UTF-16 once its escapes are undone.
            return false;
        }
    }

    private static bool Read(LambdaCall call)
    {
        var (answer, payload) = (call.Result, call.Answer.WrittenMemory);
        var reader = new Utf8JsonReader(payload.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var hasStatus = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("statusCode"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var status) || status is < 100 or > 999)
                {
                    return false;
                }

                (answer.StatusCode, hasStatus) = (status, true);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                {
                    return false;
                }

                answer.Body = reader.TokenType == JsonTokenType.Null ? default : AnswerText.Of(ref reader, payload, call.Scratch);
            }
            else if (reader.ValueTextEquals("isBase64Encoded"u8))
            {
                reader.Read();
                answer.IsBase64Encoded = reader.TokenType == JsonTokenType.True;
            }
            else if (reader.ValueTextEquals("headers"u8) || reader.ValueTextEquals("multiValueHeaders"u8))
            {
                reader.Read();
                ReadSubprotocols(ref reader, answer);
            }
            else
            {
                reader.Skip();
            }
        }

        // Nothing may follow the object; the reader throws if something does.
        return hasStatus && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    private static void ReadSubprotocols(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMeant = Subprotocol.Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if (!isMeant)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                answer.Headers.Add(new AnswerHeader(Subprotocol, reader.GetString()!, IsMulti: false));
            }
            else if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        answer.Headers.Add(new AnswerHeader(Subprotocol, reader.GetString()!, IsMulti: true));
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
