using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Finds <c>errorMessage</c> in a function's result, by which integration responses are selected.</summary>
internal static class FunctionErrorMessage
{
    private const int MaxDepth = 1000;

    /// <summary>Gives the member of a JSON object as text, or an empty text.</summary>
    public static string Of(ReadOnlySpan<byte> result)
    {
        try
        {
            return Find(result);
        }
        catch (JsonException)
        {
            return "";
        }
        catch (InvalidOperationException)
        {
            // A text with half a surrogate pair.
            return "";
        }
    }

    private static string Find(ReadOnlySpan<byte> result)
    {
        var reader = new Utf8JsonReader(result, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return "";
        }

        var found = "";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMeant = reader.ValueTextEquals("errorMessage"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var type = reader.TokenType;
            if (isMeant && type == JsonTokenType.String)
            {
                found = reader.GetString()!;
            }

            reader.Skip();
            if (isMeant && type != JsonTokenType.String)
            {
                found = type == JsonTokenType.Null ? "" : Encoding.UTF8.GetString(result[start..(int)reader.BytesConsumed]);
            }
        }

        return found;
    }
}
