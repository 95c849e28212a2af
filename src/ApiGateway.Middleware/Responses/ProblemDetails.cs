using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace ApiGateway.Middleware.Responses;

/// <summary>The default bodies in the form of RFC 9457, for APIs that ask for it.</summary>
internal static class ProblemDetails
{
    public const string ContentType = "application/problem+json";

    /// <summary>Gets what follows the request's id.</summary>
    public static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>Gets all but the request's id, which is the last member because it alone is another one for each request.</summary>
    public static string StartOf(GatewayRefusal refusal)
    {
        // With about:blank the title is that of the status (RFC 9457 4.2.1).
        var status = refusal.StatusCode.ToString(CultureInfo.InvariantCulture);
        var title = GatewayRefusal.Quote(ReasonPhrases.GetReasonPhrase(refusal.StatusCode));
        var detail = refusal.Message is { } message ? $",\"detail\":{GatewayRefusal.Quote(message)}" : "";
        if (refusal.RateLimit is { } limit)
        {
            // The type that draft-ietf-httpapi-ratelimit-headers-10 registers, with its title and its member.
            return "{\"type\":\"https://iana.org/assignments/http-problem-types#quota-exceeded\","
                + $"\"title\":\"Request cannot be satisfied as assigned quota has been exceeded\",\"status\":{status}{detail},"
                + $"\"violated-policies\":[\"{limit}\"],\"errorType\":\"{refusal.ErrorType}\",\"requestId\":\"";
        }

        return $"{{\"type\":\"about:blank\",\"title\":{title},\"status\":{status}{detail},\"errorType\":\"{refusal.ErrorType}\",\"requestId\":\"";
    }
}
