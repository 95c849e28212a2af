using System.Text.RegularExpressions;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Answers as they stand on the wire; only what differs from call to call is cut out.</summary>
internal static partial class RawAnswer
{
    /// <summary>Sends a request, and gives the whole answer without its date, and with <c>id</c> for the request's id.</summary>
    public static async Task<string> OfAsync(TestHost host, string requestLine, params string[] headers)
    {
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync($"{requestLine} HTTP/1.1", headers);
        var answer = await connection.ReadToEndAsync();
        return RequestId.Replace(Date.Replace(answer, "", 1), "apigw-requestid: id", 1);
    }

    /// <summary>What the gateway answers in place of the integration.</summary>
    public static string Refusal(string status, string message, string? challenge = null)
    {
        var body = $"{{\"message\":\"{message}\"}}";
        return $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{(challenge is null ? "" : $"WWW-Authenticate: {challenge}\r\n")}apigw-requestid: id\r\n\r\n{body}";
    }

    [GeneratedRegex(@"Date: [^\r]+\r\n")]
    private static partial Regex Date { get; }

    [GeneratedRegex("apigw-requestid: [A-Za-z0-9_-]{15}=")]
    private static partial Regex RequestId { get; }
}
