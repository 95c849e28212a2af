using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Reads what a function answers. Source: "Output from an API Gateway Lambda authorizer", and
/// "Control access to HTTP APIs with AWS Lambda authorizers".</summary>
internal static class AuthorizerResultReader
{
    private const int MaxDepth = 16;

    /// <summary>Reads an answer, or tells what is wrong with it. Never throws, whatever the bytes.</summary>
    /// <param name="authorizer">The authorizer.</param>
    /// <param name="utf8">The function's answer.</param>
    /// <param name="error">What is wrong; without a word of the answer.</param>
    public static AuthorizerAnswer? Read(AuthorizerPlan authorizer, ReadOnlySpan<byte> utf8, out string? error)
    {
        try
        {
            // The reader looks at the form of strings, not at their bytes.
            if (!Utf8.IsValid(utf8))
            {
                return Fail("it is no UTF-8", out error);
            }

            return TryReadMembers(authorizer, utf8, out var members, out error) ? AnswerOf(authorizer, utf8, members, out error) : null;
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

    private static bool TryReadMembers(AuthorizerPlan authorizer, ReadOnlySpan<byte> utf8, out AnswerMembers members, out string? error)
    {
        members = default;
        error = "it is no JSON object";
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var known = KnownOf(authorizer.AnswerForm);
        var seen = default(Members);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref reader) & known;
            if ((seen & member) != Members.None)
            {
                error = "it has a member twice";
                return false;
            }

            seen |= member;
            reader.Read();
            if (!TryReadMember(authorizer, member, ref reader, utf8, ref members, out error))
            {
                return false;
            }
        }

        // Reads on to the end, so that what follows the object is an error.
        while (reader.Read())
        {
        }

        error = null;
        return true;
    }

    private static bool TryReadMember(
        AuthorizerPlan authorizer, Members member, ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref AnswerMembers members, out string? error)
    {
        error = null;
        switch (member)
        {
            case Members.PrincipalId when reader.TokenType == JsonTokenType.String:
                members.PrincipalId = reader.GetString();
                return true;
            case Members.IsAuthorized when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                members.IsAuthorized = reader.TokenType == JsonTokenType.True;
                return true;
            case Members.PolicyDocument when reader.TokenType == JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                members.Policy = start..(int)reader.BytesConsumed;
                return true;
            case Members.Context when reader.TokenType == JsonTokenType.StartObject:
                return authorizer.AnswerForm == AuthorizerAnswerForm.TextPolicy
                    ? TryReadTexts(ref reader, ref members, out error)
                    : TryReadContext(authorizer, ref reader, utf8, ref members, out error);
            case Members.UsageIdentifierKey when reader.TokenType == JsonTokenType.String:
                members.UsageIdentifierKey = reader.GetString();
                return true;
            case Members.Context or Members.UsageIdentifierKey when reader.TokenType == JsonTokenType.Null:
                return true;
            case Members.None:
                reader.Skip();
                return true;
            default:
                error = $"'{member.ToString()}' is of the wrong type";
                return false;
        }
    }

    private static bool TryReadTexts(ref Utf8JsonReader reader, ref AnswerMembers members, out string? error)
    {
        members.Values = ReadValues(ref reader);
        error = members.Values is null ? "'context' has a member twice, or one that is neither text nor number nor Boolean" : null;
        return error is null;
    }

    private static bool TryReadContext(
        AuthorizerPlan authorizer, ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, ref AnswerMembers members, out string? error)
    {
        members.Context = AuthorizerContext.Read(ref reader, utf8);
        error = members.Context is null ? "'context' has a member twice"

            // Format 1.0 has the claims of tokens there.
            : authorizer.EventForm == AuthorizerEventForm.Http1 && members.Context.Members.Any(static member => member.Key == "claims")
                ? "'context' has a member 'claims', which format 1.0 reserves"
            : null;
        return error is null;
    }

    private static AuthorizerAnswer? AnswerOf(AuthorizerPlan authorizer, ReadOnlySpan<byte> utf8, in AnswerMembers members, out string? error)
    {
        error = null;
        if (authorizer.AnswerForm == AuthorizerAnswerForm.Simple)
        {
            return members.IsAuthorized switch
            {
                null => Fail("it has no 'isAuthorized', which the simple form of answers needs", out error),
                false => AuthorizerAnswer.Of(null, PolicyOutcome.ExplicitDeny),
                _ => AuthorizerAnswer.Of(CallerIdentities.CreateHttp(authorizer.Name, null, members.Context ?? AuthorizerContext.None), PolicyOutcome.Allow),
            };
        }

        if (string.IsNullOrEmpty(members.PrincipalId))
        {
            return Fail("it has no 'principalId'", out error);
        }

        if (members.Policy is not { } range)
        {
            return Fail("it has no 'policyDocument'", out error);
        }

        if (!PolicyDocument.TryParse(utf8[range], PolicyKind.Authorizer, authorizer.PolicyOptions, out var document, out var issues))
        {
            return Fail($"its policy is not valid at '{issues.Errors[0].Path}'", out error);
        }

        var caller = authorizer.AnswerForm == AuthorizerAnswerForm.JsonPolicy
            ? CallerIdentities.CreateHttp(authorizer.Name, members.PrincipalId, members.Context ?? AuthorizerContext.None)
            : CallerIdentities.Create(authorizer.Name, members.PrincipalId, members.Values ?? [], null, members.UsageIdentifierKey);
        return AuthorizerAnswer.Of(caller, document);
    }

    // Members of the other forms mean nothing.
    private static Members KnownOf(AuthorizerAnswerForm form) => form switch
    {
        AuthorizerAnswerForm.Simple => Members.IsAuthorized | Members.Context,
        AuthorizerAnswerForm.JsonPolicy => Members.PrincipalId | Members.PolicyDocument | Members.Context,
        _ => Members.PrincipalId | Members.PolicyDocument | Members.Context | Members.UsageIdentifierKey,
    };

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
        : reader.ValueTextEquals("isAuthorized"u8) ? Members.IsAuthorized
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
        IsAuthorized = 16,
    }

    private struct AnswerMembers
    {
        public string? PrincipalId;
        public string? UsageIdentifierKey;
        public bool? IsAuthorized;
        public Range? Policy;
        public Dictionary<string, string>? Values;
        public AuthorizerContext? Context;
    }
}
