using System.Buffers;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;

namespace HttpApiWithJwt;

/// <summary>The function behind the API. It gets events of format 2.0, as it would from the managed service.</summary>
internal static class NotesFunction
{
    public static ValueTask AnswerAsync(ReadOnlyMemory<byte> payload, IBufferWriter<byte> answer, LambdaContext context, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(payload);
        var route = document.RootElement.GetProperty("routeKey").GetString();
        var request = document.RootElement.GetProperty("requestContext");
        var text = $"{route} for everybody";
        if (request.TryGetProperty("authorizer", out var authorizer))
        {
            // Claims are texts, whatever they were in the token; scopes are told to routes that ask for some.
            var jwt = authorizer.GetProperty("jwt");
            var claims = jwt.GetProperty("claims");
            text = $"{route} for {claims.GetProperty("sub").GetString()}, groups {claims.GetProperty("groups").GetString()}, scopes {jwt.GetProperty("scopes").GetRawText()}";
        }

        // Anything that is no object with 'statusCode' becomes the body of a 200.
        answer.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(text)));
        return ValueTask.CompletedTask;
    }
}
