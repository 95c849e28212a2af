using System.Text;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>Methods of texts: those of Java's String.</summary>
internal static class TextMethods
{
    public static Value Call(string text, in TemplateCall call)
    {
        call.Rendering.StepText(text.Length);

        switch (call.Method)
        {
            case TemplateMethod.Length:
                return Value.Of((long)text.Length);
            case TemplateMethod.IsEmpty:
                return Value.Of(text.Length == 0);
            case TemplateMethod.IsBlank:
                return Value.Of(string.IsNullOrWhiteSpace(text));
            case TemplateMethod.CharAt:
                var position = Position(text, call, 0, text.Length - 1);
                return Value.Of(text.Substring(position, 1));
            case TemplateMethod.Substring:
                return Substring(text, call);
            case TemplateMethod.Contains:
                return Value.Of(text.Contains(call.Text(0), StringComparison.Ordinal));
            case TemplateMethod.StartsWith:
                return Value.Of(StartsWith(text, call));
            case TemplateMethod.EndsWith:
                return Value.Of(text.EndsWith(call.Text(0), StringComparison.Ordinal));
            case TemplateMethod.IndexOf:
                return Value.Of((long)IndexOf(text, call));
            case TemplateMethod.LastIndexOf:
                return Value.Of((long)LastIndexOf(text, call));
            case TemplateMethod.EqualsIgnoreCase:
                return Value.Of(text.Equals(call.Argument(0).Text, StringComparison.OrdinalIgnoreCase));
            case TemplateMethod.CompareTo:
                return Value.Of((long)Compare(text, call.Text(0)));
            case TemplateMethod.CompareToIgnoreCase:
                return Value.Of((long)Compare(text.ToLowerInvariant(), call.Text(0).ToLowerInvariant()));
            case TemplateMethod.HashCode:
                return Value.Of((long)HashCode(text));
            case TemplateMethod.ToText:
                return Value.Of(text);
            case TemplateMethod.ToLowerCase:
                return Value.Of(text.ToLowerInvariant());
            case TemplateMethod.ToUpperCase:
                return Value.Of(text.ToUpperInvariant());
            case TemplateMethod.Trim:
                return Value.Of(Trim(text));
            case TemplateMethod.Strip:
                return Value.Of(text.Trim());
            case TemplateMethod.Concat:
                var tail = call.Text(0);
                call.Rendering.StepText((long)text.Length + tail.Length);
                return Value.Of(text + tail);
            case TemplateMethod.Repeat:
                return Repeat(text, call);
            case TemplateMethod.Replace:
                return Replace(text, call);
            case TemplateMethod.Matches:
                return Value.Of(RegexMethods.Matches(text, call));
            case TemplateMethod.ReplaceAll:
                return Value.Of(RegexMethods.Replace(text, call, all: true));
            case TemplateMethod.ReplaceFirst:
                return Value.Of(RegexMethods.Replace(text, call, all: false));
            case TemplateMethod.Split:
                return Value.Of(RegexMethods.Split(text, call));
            case TemplateMethod.Join:
                return Join(call);
            case TemplateMethod.ValueOf:
                return Value.Of(call.Argument(0).IsNull ? "null" : call.Text(0));
            default:
                return ValueMethods.CallCommon(Value.Of(text), call);
        }
    }

    public static Value Format(in TemplateCall call)
    {
        var text = JavaFormat.Format(call.Text(0), call.Arguments.Length > 1 ? call.Arguments[1..] : [], call.Rendering);
        call.Rendering.StepText(text.Length);
        return Value.Of(text);
    }

    private static Value Substring(string text, in TemplateCall call)
    {
        var start = Position(text, call, 0, text.Length);
        var end = call.Count > 1 ? Position(text, call, 1, text.Length) : text.Length;
        return start <= end ? Value.Of(text[start..end]) : throw OutOfRange(text, start);
    }

    private static bool StartsWith(string text, in TemplateCall call)
    {
        if (call.Count < 2)
        {
            return text.StartsWith(call.Text(0), StringComparison.Ordinal);
        }

        var start = call.Position(1);
        return start >= 0 && start <= text.Length && text.AsSpan(start).StartsWith(call.Text(0));
    }

    private static int IndexOf(string text, in TemplateCall call)
    {
        var start = call.Count > 1 ? Math.Clamp(call.Position(1), 0, text.Length) : 0;
        return text.IndexOf(call.Text(0), start, StringComparison.Ordinal);
    }

    private static int LastIndexOf(string text, in TemplateCall call)
    {
        var part = call.Text(0);
        if (call.Count < 2)
        {
            return text.LastIndexOf(part, StringComparison.Ordinal);
        }

        var start = call.Position(1);
        return start < 0 ? -1 : text.AsSpan(0, (int)Math.Min((long)start + part.Length, text.Length)).LastIndexOf(part);
    }

    // Java's trim takes off everything up to the space.
    private static string Trim(string text)
    {
        int start = 0, end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        return text[start..end];
    }

    private static Value Repeat(string text, in TemplateCall call)
    {
        var count = call.Position(0);
        if (count < 0)
        {
            throw new TemplateRenderException($"A text cannot be repeated {count} times.");
        }

        call.Rendering.StepText((long)text.Length * count);
        return Value.Of(new StringBuilder(text.Length * count).Insert(0, text, count).ToString());
    }

    private static Value Replace(string text, in TemplateCall call)
    {
        var part = call.Text(0);
        var replacement = call.Text(1);

        // The longest result: every character, or the gaps between them, replaced.
        var longest = ((long)text.Length / Math.Max(1, part.Length) * replacement.Length) + text.Length + replacement.Length;
        if (replacement.Length > part.Length)
        {
            call.Rendering.StepText(longest);
        }

        return Value.Of(part.Length > 0
            ? text.Replace(part, replacement, StringComparison.Ordinal)
            : replacement + string.Join(replacement, text.ToCharArray()) + (text.Length > 0 ? replacement : string.Empty));
    }

    private static Value Join(in TemplateCall call)
    {
        if (call.Argument(1).List is not { } list)
        {
            return Value.Null;
        }

        var result = new StringBuilder();
        var separator = call.Text(0);
        for (var i = 0; i < list.Count; i++)
        {
            result.Append(i == 0 ? string.Empty : separator).Append(list[i].IsNull ? "null" : list[i].ToText());
            call.Rendering.StepText(result.Length / Math.Max(1, list.Count));
        }

        call.Rendering.StepText(result.Length);
        return Value.Of(result.ToString());
    }

    private static int Compare(string one, string other)
    {
        var length = Math.Min(one.Length, other.Length);
        var common = one.AsSpan().CommonPrefixLength(other);
        return common < length ? one[common] - other[common] : one.Length - other.Length;
    }

    private static int HashCode(string text)
    {
        var hash = 0;
        foreach (var c in text)
        {
            hash = unchecked((31 * hash) + c);
        }

        return hash;
    }

    private static int Position(string text, in TemplateCall call, int index, int last)
    {
        var position = call.Position(index);
        return position >= 0 && position <= last ? position : throw OutOfRange(text, position);
    }

    private static TemplateRenderException OutOfRange(string text, int position) =>
        new($"A text of {text.Length} characters has no position {position}.");
}
