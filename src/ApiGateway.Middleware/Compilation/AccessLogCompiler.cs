using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Definitions.Settings;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the form of an access log's lines.</summary>
/// <remarks>Source: "Set up CloudWatch logging for REST APIs in API Gateway", "Customize HTTP API access logs", "Configure logging for a WebSocket API".</remarks>
internal sealed class AccessLogCompiler(ApiSnapshot api, StageDefinition stage, DefinitionOrigin stageOrigin, DefinitionErrors errors)
{
    private const string Prefix = "$context.";
    private const int LongestFormat = 3 * 1024;

    public AccessLogPlan? Compile()
    {
        if (stage.AccessLogSettings is not { } settings)
        {
            return null;
        }

        var origin = settings.Origin ?? stageOrigin.Child("AccessLogSettings");
        var at = origin.Child("Format");
        if (settings.DestinationArn is "" || settings.Format is null or "")
        {
            errors.Add(settings.Format is null or "" ? at : origin.Child("DestinationArn"), "Access Log value must not be empty. Set it, or remove the section.");
            return null;
        }

        var format = AccessLogFormats.Find(settings.Format, api.Kind) ?? settings.Format;
        if (format.AsSpan().ContainsAny('\r', '\n'))
        {
            errors.Add(at, "The format must be a single line.");
        }

        if (format.Length > LongestFormat)
        {
            errors.Warn(at, $"The format has {format.Length} characters; Amazon API Gateway takes at most {LongestFormat}.");
        }

        var parts = Parse(format, settings.EscapeJson, at);
        if (!parts.Exists(static part => part is { IsVariable: true, Text: "requestId" or "extendedRequestId" }))
        {
            errors.Add(at, "The format must contain $context.requestId or $context.extendedRequestId.");
        }

        return new AccessLogPlan(new AccessLogStage(api.Id, api.Name, stage.Name, settings.DestinationArn), [.. parts]);
    }

    private List<AccessLogPart> Parse(string format, bool escapes, DefinitionOrigin at)
    {
        var parts = new List<AccessLogPart>();
        var isQuoted = false;
        for (var start = 0; start < format.Length;)
        {
            var dollar = format.IndexOf('$', start);
            var text = format[start..(dollar < 0 ? format.Length : dollar)];
            if (text.Length > 0)
            {
                isQuoted ^= text.Count('"') % 2 == 1;
                parts.Add(new AccessLogPart(text, IsVariable: false, IsEscaped: false));
            }

            if (dollar < 0)
            {
                break;
            }

            start = ParseVariable(format, dollar, escapes && isQuoted, parts, at);
        }

        return parts;
    }

    private int ParseVariable(string format, int dollar, bool isEscaped, List<AccessLogPart> parts, DefinitionOrigin at)
    {
        var isVariable = format.AsSpan(dollar).StartsWith(Prefix, StringComparison.Ordinal);
        var end = isVariable ? EndOfPath(format, dollar + Prefix.Length) : dollar + Prefix.Length;
        if (!isVariable || end == dollar + Prefix.Length)
        {
            var shown = format[dollar..Math.Min(format.Length, dollar + 20)];
            errors.Add(at, $"The format has text and variables such as $context.requestId only, but has '{shown}' at character {dollar + 1}.");
            parts.Add(new AccessLogPart("$", IsVariable: false, IsEscaped: false));
            return dollar + 1;
        }

        var path = format[(dollar + Prefix.Length)..end];
        if (!AccessLogFormats.IsKnown(path))
        {
            errors.Warn(at, $"There is no variable '{Prefix}{path}', so '-' stands for it.{NearMiss.Suggest(path, AccessLogFormats.Known)}");
        }

        parts.Add(new AccessLogPart(path, IsVariable: true, isEscaped));
        return end;
    }

    // Names with dots between them, as in templates: a dot that no name follows is text.
    private static int EndOfPath(string format, int start)
    {
        var end = start;
        while (end < format.Length && char.IsAsciiLetter(format[end]))
        {
            while (end < format.Length && (char.IsAsciiLetterOrDigit(format[end]) || format[end] is '_' or '-'))
            {
                end++;
            }

            if (end + 1 >= format.Length || format[end] != '.' || !char.IsAsciiLetter(format[end + 1]))
            {
                break;
            }

            end++;
        }

        return end;
    }
}
