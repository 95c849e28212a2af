using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>The methods of texts that take a regular expression.</summary>
internal static class RegexMethods
{
    // A regular expression may take up to its own time limit: the clock is read after a few of them.
    private const int StepsPerCall = 256;

    // Setting up a match costs far more than a step.
    private const int StepsPerMatch = 20;

    public static bool Matches(string text, in TemplateCall call) => Compile(call, whole: true).IsMatch(text);

    public static string Replace(string text, in TemplateCall call, bool all)
    {
        var regex = Compile(call, whole: false);
        var replacement = call.Text(1);
        var match = regex.Match(text);
        if (!match.Success)
        {
            return text;
        }

        var result = new StringBuilder();
        var end = 0;
        for (; match.Success; match = match.NextMatch())
        {
            call.Rendering.Step(StepsPerMatch);
            result.Append(text, end, match.Index - end);
            AppendReplacement(result, match, replacement);
            call.Rendering.StepText(result.Length > call.Rendering.Limits.MaxTextLength ? result.Length : 0);
            end = match.Index + match.Length;

            if (!all)
            {
                break;
            }
        }

        result.Append(text, end, text.Length - end);
        call.Rendering.StepText(result.Length);
        return result.ToString();
    }

    /// <summary>Splits as Java does: empty parts at the end are left out, unless a negative limit asks for them.</summary>
    public static ValueList Split(string text, in TemplateCall call)
    {
        var limit = call.Count > 1 ? call.Position(1) : 0;
        var parts = new ValueList();
        var end = 0;

        for (var match = Compile(call, whole: false).Match(text); match.Success; match = match.NextMatch())
        {
            call.Rendering.Step(StepsPerMatch);
            if (limit > 0 && parts.Count == limit - 1)
            {
                break;
            }

            // An empty match at the start gives no empty part, and one at the end none either.
            if (match.Length == 0 && (match.Index == 0 || match.Index == text.Length))
            {
                continue;
            }

            parts.Add(Value.Of(text[end..match.Index]));
            end = match.Index + match.Length;
        }

        parts.Add(Value.Of(text[end..]));

        while (limit == 0 && parts.Count > 1 && parts[^1].Text is "")
        {
            parts.RemoveAt(parts.Count - 1);
        }

        return limit == 0 && parts.Count == 1 && end > 0 && parts[0].Text is "" ? new ValueList() : parts;
    }

    private static Regex Compile(in TemplateCall call, bool whole)
    {
        call.Rendering.Step(StepsPerCall);
        return call.Site.GetRegex(call.Text(0), whole);
    }

    /// <summary>Appends Java's replacement text: <c>$1</c> and <c>${name}</c> are groups, a backslash takes a character as it is.</summary>
    private static void AppendReplacement(StringBuilder result, Match match, string replacement)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            switch (replacement[i])
            {
                case '\\' when i + 1 < replacement.Length:
                    result.Append(replacement[++i]);
                    break;
                case '$':
                    i = AppendGroup(result, match, replacement, i + 1);
                    break;
                case var c:
                    result.Append(c);
                    break;
            }
        }
    }

    private static int AppendGroup(StringBuilder result, Match match, string replacement, int start)
    {
        if (start < replacement.Length && replacement[start] == '{')
        {
            var end = replacement.IndexOf('}', start);
            if (end > 0 && match.Groups.TryGetValue(replacement[(start + 1)..end], out var named))
            {
                result.Append(named.ValueSpan);
                return end;
            }

            throw new TemplateRenderException("A replacement names a group that the regular expression does not have.");
        }

        if (start >= replacement.Length || !char.IsAsciiDigit(replacement[start]))
        {
            throw new TemplateRenderException("'$' in a replacement needs the number of a group.");
        }

        // As many digits as make the number of a group that exists.
        var group = replacement[start] - '0';
        if (group >= match.Groups.Count)
        {
            throw new TemplateRenderException($"The regular expression has no group {group}.");
        }

        var last = start;
        while (last + 1 < replacement.Length && char.IsAsciiDigit(replacement[last + 1]))
        {
            var next = (group * 10) + (replacement[last + 1] - '0');
            if (next >= match.Groups.Count)
            {
                break;
            }

            group = next;
            last++;
        }

        result.Append(match.Groups[group].ValueSpan);
        return last;
    }
}
