using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>Writes a tree as YAML: block style, texts in double quotes.</summary>
internal static class YamlText
{
    public static string Write(DocumentNode node)
    {
        var text = new StringBuilder("---\n");
        if (IsNested(node))
        {
            WriteNested(text, node, 0);
        }
        else
        {
            WriteLeaf(text, node);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static bool IsNested(DocumentNode node) => node.Members.Count > 0 || node.Items.Count > 0;

    private static void WriteNested(StringBuilder text, DocumentNode node, int indent)
    {
        foreach (var (name, value) in node.Members)
        {
            text.Append(' ', indent);
            WriteKey(text, name);
            text.Append(':');
            WriteBelow(text, value, value.IsArray ? indent : indent + 2);
        }

        foreach (var item in node.Items)
        {
            text.Append(' ', indent).Append('-');
            WriteBelow(text, item, indent + 2);
        }
    }

    private static void WriteBelow(StringBuilder text, DocumentNode node, int indent)
    {
        if (IsNested(node))
        {
            text.Append('\n');
            WriteNested(text, node, indent);
        }
        else
        {
            text.Append(' ');
            WriteLeaf(text, node);
            text.Append('\n');
        }
    }

    private static void WriteLeaf(StringBuilder text, DocumentNode node)
    {
        switch (node.Kind)
        {
            case NodeKind.Object:
                text.Append("{}");
                break;
            case NodeKind.Array:
                text.Append("[]");
                break;
            case NodeKind.String:
                WriteQuoted(text, node.Text);
                break;
            case NodeKind.Null:
                text.Append("null");
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    // A plain key must not be taken for a number, a flag, null or a merge key, so only words stay plain.
    private static void WriteKey(StringBuilder text, string name)
    {
        var isPlain = name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '/')
            && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or '.')
            && name.ToUpperInvariant() is not ("NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N");
        if (isPlain)
        {
            text.Append(name);
        }
        else
        {
            WriteQuoted(text, name);
        }
    }

    private static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                    {
                        text.Append(c).Append(value[++i]);
                    }
                    else if (c is < ' ' or (>= '\u007f' and <= '\u00a0') or '\u2028' or '\u2029' or >= '\ufeff' || char.IsSurrogate(c))
                    {
                        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    }
                    else
                    {
                        text.Append(c);
                    }

                    break;
            }
        }

        text.Append('"');
    }
}
