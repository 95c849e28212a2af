using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ApiGateway.Middleware.Languages.Policies.Parsing;

/// <summary>Reads JSON into nodes and finds members that occur twice.</summary>
internal static class PolicyReader
{
    private const int FewMembers = 8;

    /// <summary>The root of a document, or <see langword="null"/> if it is not JSON. Other errors are added, too.</summary>
    public static PolicyNode? Read(ReadOnlySpan<byte> utf8, int maxDepth, PolicyIssues issues)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
        try
        {
            return Read(ref reader, issues);
        }
        catch (JsonException e)
        {
            issues.Error(
                "$",
                $"the text stops being JSON of at most {maxDepth} levels at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.",
                "Correct the syntax, and write no comments or trailing commas.");
        }
        catch (InvalidOperationException)
        {
            // What the reader throws for half a surrogate pair and for bytes that are not UTF-8, without a position.
            issues.Error("$", "a string is not valid UTF-8 or has half a surrogate pair.", "Write the document in UTF-8.");
        }

        return null;
    }

    private static PolicyNode? Read(ref Utf8JsonReader reader, PolicyIssues issues)
    {
        PolicyNode? root = null;
        PolicyNode? open = null;
        string? name = null;
        var names = new Stack<HashSet<string>?>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open = open!.Parent;
                    names.Pop();
                    continue;
            }

            var node = new PolicyNode(open, KindOf(reader.TokenType), name, open?.Items.Count ?? 0, TextOf(ref reader));
            if (open is null)
            {
                root = node;
            }
            else
            {
                if (name is not null && IsRepeated(open, name, names))
                {
                    issues.Error(node, "the name occurs twice in one object.", "Put the values into one list, or remove one of them.");
                }

                open.Add(node);
            }

            name = null;
            if (node.Kind is PolicyNodeKind.Object or PolicyNodeKind.Array)
            {
                open = node;
                names.Push(null);
            }
        }

        return root;
    }

    private static bool IsRepeated(PolicyNode open, string name, Stack<HashSet<string>?> names)
    {
        if (open.Items.Count <= FewMembers)
        {
            return open.Member(name) is not null;
        }

        if (names.Pop() is not { } seen)
        {
            seen = new HashSet<string>(open.Items.Select(static item => item.Name!), StringComparer.Ordinal);
        }

        names.Push(seen);
        return !seen.Add(name);
    }

    private static PolicyNodeKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => PolicyNodeKind.Object,
        JsonTokenType.StartArray => PolicyNodeKind.Array,
        JsonTokenType.String => PolicyNodeKind.Text,
        JsonTokenType.Null => PolicyNodeKind.Null,
        _ => PolicyNodeKind.Scalar,
    };

    private static string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => NumberText(reader.ValueSpan),
        _ => "",
    };

    // 1e3 and 1000 are the same number; other numbers stay as they are written.
    private static string NumberText(ReadOnlySpan<byte> written) =>
        written.ContainsAny((byte)'e', (byte)'E')
        && decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number != 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : Encoding.ASCII.GetString(written);
}
