using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Reads a function's answer for HTTP APIs: an object with <c>statusCode</c> or, in format 2.0, anything else as the body of a 200. Source:
/// "Create AWS Lambda proxy integrations for HTTP APIs" in the Amazon API Gateway developer guide.
/// </summary>
internal static class HttpAnswerReader
{
    // Those from 100 on are interim (RFC 9110 15.2): in the place of the last one they would make the client wait for another answer.
    private const int MinStatus = 200;
    private const int MaxStatus = 599;

    /// <summary>Reads the payload of an answer; the body is decoded already.</summary>
    /// <param name="call">The call; its <c>Result</c> takes the answer.</param>
    /// <param name="infers">Whether the answer is of format 2.0, in which what is no structured answer is a body.</param>
    /// <returns>Whether the answer can be given; if not, it is 500.</returns>
    public static bool TryRead(LambdaCall call, bool infers)
    {
        var isGood = true;
        var isStructured = false;
        try
        {
            isStructured = Read(call, infers, ref isGood);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The service does not check whether it is JSON: observed.
        }

        if (!isStructured)
        {
            if (infers)
            {
                Infer(call);
            }

            return infers;
        }

        if (!isGood)
        {
            return false;
        }

        AddDefaultType(call.Result, "text/plain; charset=utf-8");
        return !call.Result.IsBase64Encoded || ProxyAnswerWriter.TryDecode(call);
    }

    /// <summary>Reads a structured answer.</summary>
    /// <returns>Whether it is one.</returns>
    private static bool Read(LambdaCall call, bool isFormat2, ref bool isGood)
    {
        var payload = call.Answer.WrittenMemory;
        var answer = call.Result;
        var reader = new Utf8JsonReader(payload.Span);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var hasStatus = false;
        var cookies = default(List<string>?);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("statusCode"u8))
            {
                hasStatus = true;
                isGood &= TryReadStatus(ref reader, answer);
            }
            else if (reader.ValueTextEquals("headers"u8))
            {
                isGood &= TryReadHeaders(ref reader, answer);
            }
            else if (isFormat2 && reader.ValueTextEquals("cookies"u8))
            {
                cookies = [];
                isGood &= TryReadCookies(ref reader, cookies);
            }
            else if (!isFormat2 && reader.ValueTextEquals("multiValueHeaders"u8))
            {
                isGood &= TryReadMultiHeaders(ref reader, answer);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                reader.Read();
                isGood &= reader.TokenType is JsonTokenType.String or JsonTokenType.Null;
                answer.Body = reader.TokenType == JsonTokenType.String ? AnswerText.Of(ref reader, payload, call.Scratch) : default;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("isBase64Encoded"u8))
            {
                reader.Read();
                answer.IsBase64Encoded = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        foreach (var cookie in cookies ?? [])
        {
            answer.Headers.Add(new AnswerHeader("set-cookie", cookie, IsMulti: false));
        }

        return !reader.Read() && hasStatus;
    }

    private static bool TryReadStatus(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        reader.Read();
        int status;
        var isNumber = reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetInt32(out status),
            JsonTokenType.String => int.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out status),
            _ => (status = 0) != 0,
        };
        reader.Skip();
        answer.StatusCode = status;
        return isNumber && status is >= MinStatus and <= MaxStatus;
    }

    private static bool TryReadHeaders(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        answer.RemoveHeaders(isMulti: false);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return isNull;
        }

        var isGood = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = KnownHeaders.NameOf(ref reader);
            reader.Read();
            isGood &= TryReadValue(ref reader, answer, name, isMulti: false);
        }

        return isGood;
    }

    private static bool TryReadMultiHeaders(ref Utf8JsonReader reader, ProxyAnswer answer)
    {
        answer.RemoveHeaders(isMulti: true);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return isNull;
        }

        var isGood = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = KnownHeaders.NameOf(ref reader);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                isGood &= reader.TokenType == JsonTokenType.Null;
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                isGood &= TryReadValue(ref reader, answer, name, isMulti: true);
            }
        }

        return isGood;
    }

    // Numbers and booleans are written as text, and nulls are skipped.
    private static bool TryReadValue(ref Utf8JsonReader reader, ProxyAnswer answer, string name, bool isMulti)
    {
        var value = reader.TokenType switch
        {
            JsonTokenType.String => KnownHeaders.ValueOf(ref reader),
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => null,
        };
        if (value is not null)
        {
            answer.Headers.Add(new AnswerHeader(name, value, isMulti));
            return true;
        }

        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull;
    }

    private static bool TryReadCookies(ref Utf8JsonReader reader, List<string> cookies)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return isNull;
        }

        var isGood = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                cookies.Add(reader.GetString()!);
            }
            else
            {
                isGood = false;
                reader.Skip();
            }
        }

        return isGood;
    }

    private static void Infer(LambdaCall call)
    {
        var answer = call.Result;
        answer.Reset();
        AddDefaultType(answer, "application/json");
        answer.Body = call.Answer.WrittenMemory;
        try
        {
            // A JSON string is sent without its quotes.
            var reader = new Utf8JsonReader(call.Answer.WrittenSpan);
            if (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                var text = AnswerText.Of(ref reader, call.Answer.WrittenMemory, call.Scratch);
                answer.Body = reader.Read() ? answer.Body : text;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            answer.Body = call.Answer.WrittenMemory;
        }
    }

    private static void AddDefaultType(ProxyAnswer answer, string type)
    {
        foreach (var header in answer.Headers)
        {
            if (header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        answer.Headers.Add(new AnswerHeader("content-type", type, IsMulti: false));
    }
}
