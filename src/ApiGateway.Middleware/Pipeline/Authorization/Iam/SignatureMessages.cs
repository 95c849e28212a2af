using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The service's words for what is wrong with a signature. Source: "Troubleshoot signed requests for AWS APIs", and recordings.</summary>
internal static class SignatureMessages
{
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public static readonly GatewayRefusal TwoMechanisms = GatewayRefusal.IncompleteSignature(
        "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified");

    public static readonly GatewayRefusal HostNotSigned = GatewayRefusal.InvalidSignature(
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");

    public static GatewayRefusal MissingInHeader(SignatureParts parts, string header, bool echoesHeader)
    {
        var text = new StringBuilder();
        AppendMissing(text, parts.Credential, "Authorization header requires 'Credential' parameter. ");
        AppendMissing(text, parts.Signature, "Authorization header requires 'Signature' parameter. ");
        AppendMissing(text, parts.SignedHeaders, "Authorization header requires 'SignedHeaders' parameter. ");
        AppendMissing(text, parts.Date, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        return GatewayRefusal.IncompleteSignature(text.Append(Echo(header, echoesHeader)).ToString());
    }

    public static GatewayRefusal RepeatedInHeader(string what, string header, bool echoesHeader) =>
        GatewayRefusal.IncompleteSignature($"{what} must be given exactly once. {Echo(header, echoesHeader)}");

    public static GatewayRefusal NotAPair(string piece, string header, bool echoesHeader) => GatewayRefusal.IncompleteSignature(echoesHeader
        ? $"'{piece}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'."
        : "Invalid key=value pair (missing equal-sign) in Authorization header "
            + $"(hashed with SHA-256 and encoded with Base64): '{HashOf(header)}'.");

    public static GatewayRefusal MissingInQuery(SignatureParts parts)
    {
        var text = new StringBuilder();
        AppendMissing(text, parts.Algorithm, "AWS query-string parameters must include 'X-Amz-Algorithm'. ");
        AppendMissing(text, parts.Credential, "AWS query-string parameters must include 'X-Amz-Credential'. ");
        AppendMissing(text, parts.Signature, "AWS query-string parameters must include 'X-Amz-Signature'. ");
        AppendMissing(text, parts.SignedHeaders, "AWS query-string parameters must include 'X-Amz-SignedHeaders'. ");
        AppendMissing(text, parts.Date, "AWS query-string parameters must include 'X-Amz-Date'. ");
        return GatewayRefusal.IncompleteSignature(text.Append("Re-examine the query-string parameters.").ToString());
    }

    public static GatewayRefusal RepeatedInQuery(string name) =>
        GatewayRefusal.IncompleteSignature($"AWS query-string parameter '{name}' must be given exactly once. Re-examine the query-string parameters.");

    public static GatewayRefusal BadExpires(long seconds) => GatewayRefusal.IncompleteSignature(
        string.Create(CultureInfo.InvariantCulture, $"'X-Amz-Expires' must be a number of seconds from 1 to {seconds}."));

    public static GatewayRefusal UnknownAlgorithm(string algorithm) =>
        GatewayRefusal.IncompleteSignature($"Unsupported AWS 'algorithm': '{algorithm}'.");

    public static GatewayRefusal BadCredential(string credential) => GatewayRefusal.IncompleteSignature(
        $"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'");

    public static GatewayRefusal BadDate(string date) => GatewayRefusal.IncompleteSignature(
        $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");

    public static string BadTerminator(ReadOnlySpan<char> found) =>
        $"Credential should be scoped with a valid terminator: 'aws4_request', not '{found}'.";

    // The space at the end of these two is the service's.
    public static string BadRegion(ReadOnlySpan<char> found) => $"Credential should be scoped to a valid region, not '{found}'. ";

    public static string BadService(string expected) => $"Credential should be scoped to correct service: '{expected}'. ";

    public static string BadScopeDate(ReadOnlySpan<char> scope, string timestamp) =>
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        + $"'{scope}' != '{timestamp.AsSpan(0, 8)}', from '{timestamp}'.";

    /// <summary>Joins the sentences about a scope: one space between them, whatever they end in.</summary>
    public static GatewayRefusal BadScope(string? terminator, string? region, string? service, string? date)
    {
        var text = new StringBuilder();
        foreach (var sentence in (ReadOnlySpan<string?>)[terminator, region, service, date])
        {
            if (sentence is not null)
            {
                if (text.Length > 0 && text[^1] != ' ')
                {
                    text.Append(' ');
                }

                text.Append(sentence);
            }
        }

        return GatewayRefusal.InvalidSignature(text.ToString());
    }

    public static GatewayRefusal Expired(string timestamp, DateTimeOffset now, TimeSpan life) => GatewayRefusal.InvalidSignature(
        $"Signature expired: {timestamp} is now earlier than {Basic(now - life)} ({Basic(now)} - {Length(life)})");

    public static GatewayRefusal NotYetCurrent(string timestamp, DateTimeOffset now, TimeSpan skew) => GatewayRefusal.InvalidSignature(
        $"Signature not yet current: {timestamp} is still later than {Basic(now + skew)} ({Basic(now)} + {Length(skew)})");

    public static GatewayRefusal Mismatch(ReadOnlySpan<byte> canonicalRequest, ReadOnlySpan<byte> stringToSign) => GatewayRefusal.InvalidSignature(
        $"{GatewayRefusal.SignatureMismatch.Message}\n\nThe Canonical String for this request should have been\n"
        + $"'{Encoding.UTF8.GetString(canonicalRequest)}'\n\nThe String-to-Sign should have been\n'{Encoding.UTF8.GetString(stringToSign)}'\n");

    private static void AppendMissing(StringBuilder text, string? part, string sentence)
    {
        if (part is null)
        {
            text.Append(sentence);
        }
    }

    private static string Echo(string header, bool isClear) =>
        isClear ? $"Authorization={header}" : $"(Hashed with SHA-256 and encoded with Base64) Authorization={HashOf(header)}";

    private static string HashOf(string header) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)));

    private static string Basic(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string Length(TimeSpan time) => time.Ticks % TimeSpan.TicksPerMinute == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / TimeSpan.TicksPerMinute} min.")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / TimeSpan.TicksPerSecond} sec.");
}
