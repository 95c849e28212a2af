using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Reads what a function answers. Source: "Output from an API Gateway Lambda authorizer".</summary>
internal static class AuthorizerResultReader
{
    private const int MaxDepth = 16;

    /// <summary>Reads an answer, or tells what is wrong with it. Never throws, whatever the bytes.</summary>
    /// <param name="authorizer">The authorizer's name.</param>
    /// <param name="utf8">The function's answer.</param>
    /// <param name="error">What is wrong; without a word of the answer.</param>
    public static AuthorizerAnswer? Read(string authorizer, ReadOnlySpan<byte> utf8, out string? error)
    {
        error = null;
        try
        {
            // The reader looks at the form of strings, not at their bytes.
            return Utf8.IsValid(utf8) ? ReadObject(authorizer, utf8, out error) : Fail("it is no UTF-8", out error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Fail("it is no JSON object", out error);
        }
    }

    /// <summary>Tells whether a function error says, to the letter, that the caller is not known.</summary>
    public static bool IsUnauthorized(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = reader.ValueTextEquals("errorMessage"u8);
                reader.Read();
                if (isMessage)
                {
                    return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Unauthorized"u8);
                }

                reader.Skip();
            }

            return false;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static AuthorizerAnswer? ReadObject(string authorizer, ReadOnlySpan<byte> utf8, out string? error)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return Fail("it is no JSON object", out error);
        }

        string? principalId = null;
        string? usageIdentifierKey = null;
        Dictionary<string, string>? values = null;
        Range? policy = null;
        var seen = default(Members);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader);
            if ((seen & member) != Members.None)
            {
                return Fail("it has a member twice", out error);
            }

            seen |= member;
            reader.Read();
            switch (member)
            {
                case Members.PrincipalId when reader.TokenType == JsonTokenType.String:
                    principalId = reader.GetString();
                    break;
                case Members.PolicyDocument when reader.TokenType == JsonTokenType.StartObject:
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    policy = start..(int)reader.BytesConsumed;
                    break;
                case Members.Context when reader.TokenType == JsonTokenType.StartObject:
                    values = ReadValues(ref reader);
                    if (values is null)
                    {
                        return Fail("'context' has a member twice, or one that is neither text nor number nor Boolean", out error);
                    }

                    break;
                case Members.UsageIdentifierKey when reader.TokenType == JsonTokenType.String:
                    usageIdentifierKey = reader.GetString();
                    break;
                case Members.Context or Members.UsageIdentifierKey when reader.TokenType == JsonTokenType.Null:
                    break;
                case Members.None:
                    reader.Skip();
                    break;
                default:
                    return Fail($"'{member.ToString()}' is of the wrong type", out error);
            }
        }

        // Reads on to the end, so that what follows the object is an error.
        while (reader.Read())
        {
        }

        if (string.IsNullOrEmpty(principalId))
        {
            return Fail("it has no 'principalId'", out error);
        }

        if (policy is not { } range)
        {
            return Fail("it has no 'policyDocument'", out error);
        }

        if (!PolicyDocument.TryParse(utf8[range], PolicyKind.Authorizer, PolicyOptions.Default, out var document, out var issues))
        {
            return Fail($"its policy is not valid at '{issues.Errors[0].Path}'", out error);
        }

        error = null;
        return AuthorizerAnswer.Of(CallerIdentities.Create(authorizer, principalId, values ?? [], null, usageIdentifierKey), document);
    }

    private static Dictionary<string, string>? ReadValues(ref Utf8JsonReader reader)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            if (!names.Add(name))
            {
                return null;
            }

            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    values[name] = reader.GetString()!;
                    break;
                case JsonTokenType.Number:
                    values[name] = Encoding.ASCII.GetString(reader.ValueSpan);
                    break;
                case JsonTokenType.True:
                    values[name] = "true";
                    break;
                case JsonTokenType.False:
                    values[name] = "false";
                    break;
                case JsonTokenType.Null:
                    break;
                default:
                    return null;
            }
        }

        return values;
    }

    private static Members MemberOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("principalId"u8) ? Members.PrincipalId
        : reader.ValueTextEquals("policyDocument"u8) ? Members.PolicyDocument
        : reader.ValueTextEquals("context"u8) ? Members.Context
        : reader.ValueTextEquals("usageIdentifierKey"u8) ? Members.UsageIdentifierKey
        : Members.None;

    private static AuthorizerAnswer? Fail(string reason, out string? error)
    {
        error = reason;
        return null;
    }

    [Flags]
    private enum Members
    {
        None = 0,
        PrincipalId = 1,
        PolicyDocument = 2,
        Context = 4,
        UsageIdentifierKey = 8,
    }
}
