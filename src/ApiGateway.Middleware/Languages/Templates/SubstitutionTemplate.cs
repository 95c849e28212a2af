using System.Buffers;
using System.Text;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>
/// The template of a gateway response. Only variables are replaced: <c>$context.*</c>, <c>$stageVariables.*</c> and
/// <c>method.request.{header|querystring|path}.{name}</c>, the last with or without a dollar sign. All else is text, directives
/// included.
/// </summary>
internal sealed class SubstitutionTemplate
{
    private static readonly SearchValues<char> Starts = SearchValues.Create("$m");

    // What variables begin with, after their dollar sign.
    private static readonly (string Text, SubstitutionKind Kind)[] Prefixes =
    [
        ("context.", SubstitutionKind.Context),
        ("stageVariables.", SubstitutionKind.StageVariable),
        ("method.request.header.", SubstitutionKind.Header),
        ("method.request.querystring.", SubstitutionKind.QueryString),
        ("method.request.path.", SubstitutionKind.Path),
    ];

    private readonly Part[] _parts;

    private SubstitutionTemplate(Part[] parts) => _parts = parts;

    /// <summary>Compiles a template. Every text is one.</summary>
    public static SubstitutionTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var literalStart = 0;
        var position = 0;

        while (NextStart(text, position) is var start and >= 0)
        {
            if (!TryParseVariable(text, start, out var end, out var variable))
            {
                position = start + 1;
                continue;
            }

            AddText(parts, text[literalStart..start]);
            parts.Add(variable);
            literalStart = position = end;
        }

        AddText(parts, text[literalStart..]);
        return new([.. parts]);
    }

    /// <summary>Writes the text with its variables replaced, as UTF-8. A variable without a value becomes empty text.</summary>
    public void Write(SubstitutionSource source, IBufferWriter<byte> output)
    {
        foreach (var part in _parts)
        {
            if (part.Text is { } text)
            {
                output.Write(text);
            }
            else if (source.Find(part.Kind, part.Name!) is { Length: > 0 } value)
            {
                Encoding.UTF8.GetBytes(value, output);
            }
        }
    }

    private static int NextStart(string text, int position)
    {
        var offset = text.AsSpan(position).IndexOfAny(Starts);
        return offset < 0 ? -1 : position + offset;
    }

    private static bool TryParseVariable(string text, int start, out int end, out Part variable)
    {
        var rest = text.AsSpan(start);
        var hasDollar = rest[0] == '$';
        var isFormal = rest.StartsWith("${");
        var length = isFormal ? 2 : hasDollar ? 1 : 0;
        variable = default;
        end = start;

        // A parameter without a dollar sign must not be the end of a longer word.
        if (!hasDollar && start > 0 && IsNameCharacter(text[start - 1]))
        {
            return false;
        }

        foreach (var (prefix, kind) in Prefixes)
        {
            var isParameter = kind is not (SubstitutionKind.Context or SubstitutionKind.StageVariable);
            if (!rest[length..].StartsWith(prefix) || (!hasDollar && !isParameter))
            {
                continue;
            }

            var nameLength = NameLength(rest[(length + prefix.Length)..]);
            var after = length + prefix.Length + nameLength;
            if (nameLength == 0 || (isFormal && (after >= rest.Length || rest[after] != '}')))
            {
                return false;
            }

            variable = new(null, kind, rest.Slice(length + prefix.Length, nameLength).ToString());
            end = start + after + (isFormal ? 1 : 0);
            return true;
        }

        return false;
    }

    /// <summary>Measures a name of words with dots between them. A dot at the end is text.</summary>
    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (IsNameCharacter(text[length]) || text[length] == '.'))
        {
            length++;
        }

        return text[..length].TrimEnd('.').Length;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static void AddText(List<Part> parts, string text)
    {
        if (text.Length > 0)
        {
            parts.Add(new(Encoding.UTF8.GetBytes(text), default, null));
        }
    }

    private readonly record struct Part(byte[]? Text, SubstitutionKind Kind, string? Name);
}
