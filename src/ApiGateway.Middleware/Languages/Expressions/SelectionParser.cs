using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Reads selection expressions: text, <c>$variable</c>, <c>${variable}</c>, and <c>\$</c> for the character itself.</summary>
internal static class SelectionParser
{
    private const string Body = "request.body";
    private const string Status = "integration.response.statuscode";
    private const string Header = "integration.response.header.";
    private const string Headers = "integration.response.multivalueheader.";

    private static readonly SearchValues<char> OfVariables = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.[]-");

    public static bool TryParse(string text, SelectionRoots roots, out SelectionPart[] parts, [NotNullWhen(false)] out string? error)
    {
        var found = new List<SelectionPart>();
        var literal = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '$')
            {
                literal.Append('$');
                at += 2;
                continue;
            }

            if (text[at] != '$')
            {
                literal.Append(text[at++]);
                continue;
            }

            if (!TryReadVariable(text, at + 1, out var variable, out var next))
            {
                (parts, error) = ([], $"has a '${{' without '}}' at character {at + 1} of '{text}'.");
                return false;
            }

            if (Parse(variable, roots) is not { } part)
            {
                (parts, error) = ([], Describe(text, variable, roots));
                return false;
            }

            Flush(literal, found);
            found.Add(part);
            at = next;
        }

        Flush(literal, found);
        (parts, error) = ([.. found], null);
        return true;
    }

    private static bool TryReadVariable(string text, int start, out string variable, out int next)
    {
        if (start < text.Length && text[start] == '{')
        {
            var end = text.IndexOf('}', start);
            (variable, next) = end < 0 ? ("", text.Length) : (text[(start + 1)..end], end + 1);
            return end >= 0;
        }

        var length = text.AsSpan(start).IndexOfAnyExcept(OfVariables);
        next = length < 0 ? text.Length : start + length;
        variable = text[start..next];
        return true;
    }

    private static void Flush(StringBuilder literal, List<SelectionPart> parts)
    {
        if (literal.Length > 0)
        {
            parts.Add(new SelectionPart(SelectionPartKind.Text, literal.ToString(), []));
            literal.Clear();
        }
    }

    private static SelectionPart? Parse(string variable, SelectionRoots roots)
    {
        if (roots.HasFlag(SelectionRoots.RequestBody) && variable.StartsWith(Body, StringComparison.Ordinal))
        {
            return ParsePath(variable.AsSpan(Body.Length)) is { } path ? new SelectionPart(SelectionPartKind.RequestBody, variable, path) : null;
        }

        if (!roots.HasFlag(SelectionRoots.IntegrationResponse))
        {
            return null;
        }

        return variable == Status ? new SelectionPart(SelectionPartKind.Status, variable, [])
            : Named(variable, Header, SelectionPartKind.Header) ?? Named(variable, Headers, SelectionPartKind.Headers);
    }

    private static SelectionPart? Named(string variable, string prefix, SelectionPartKind kind) =>
        variable.Length > prefix.Length && variable.StartsWith(prefix, StringComparison.Ordinal) ? new SelectionPart(kind, variable[prefix.Length..], []) : null;

    private static SelectionStep[]? ParsePath(ReadOnlySpan<char> text)
    {
        var steps = new List<SelectionStep>();
        while (!text.IsEmpty)
        {
            if (text[0] == '[')
            {
                var end = text.IndexOf(']');
                if (end < 0 || !int.TryParse(text[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                {
                    return null;
                }

                steps.Add(new SelectionStep(null, index));
                text = text[(end + 1)..];
                continue;
            }

            if (text[0] != '.')
            {
                return null;
            }

            text = text[1..];
            var length = text.IndexOfAny('.', '[');
            var name = length < 0 ? text : text[..length];
            if (name.IsEmpty)
            {
                return null;
            }

            steps.Add(new SelectionStep(Encoding.UTF8.GetBytes(name.ToString()), 0));
            text = text[name.Length..];
        }

        return [.. steps];
    }

    private static string Describe(string text, string variable, SelectionRoots roots)
    {
        var allowed = new List<string>();
        if (roots.HasFlag(SelectionRoots.RequestBody))
        {
            allowed.Add("'$request.body.path'");
        }

        if (roots.HasFlag(SelectionRoots.IntegrationResponse))
        {
            allowed.Add("'${integration.response.statuscode}', '${integration.response.header.name}' and '${integration.response.multivalueheader.name}'");
        }

        return $"has the variable '${variable}' in '{text}'. Known are {string.Join(", ", allowed.DefaultIfEmpty("none"))}; a dollar sign itself is written '\\$'.";
    }
}
