using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Follows <c>$ref</c> inside the document. Nothing is ever fetched from elsewhere.</summary>
internal sealed class References(ImportContext context)
{
    private const int MaxHops = 32;

    private long _paid;

    /// <summary>Gets what a node refers to, or the node itself if it is no reference.</summary>
    /// <returns><see langword="null"/> if the reference leads nowhere; an error tells.</returns>
    public DocumentNode? Follow(DocumentNode node)
    {
        var start = node;
        for (var hops = 0; TargetOf(node) is { } target; hops++)
        {
            if (hops == MaxHops)
            {
                context.Error(start, $"'$ref' leads in a circle, or through more than {MaxHops} references.");
                return null;
            }

            if (!target.StartsWith('#'))
            {
                context.Error(start, $"'$ref' must stay inside the document and begin with '#/', but is '{target}'. Copy what it refers to into the document.");
                return null;
            }

            if (Find(target) is not { } found)
            {
                context.Error(start, $"'$ref' leads nowhere: the document has no '{target}'.");
                return null;
            }

            node = found;
            if (!Pay(start, node))
            {
                return null;
            }
        }

        return node;
    }

    public static string? TargetOf(DocumentNode node) => node.Get("$ref") is { IsString: true } target ? target.Text : null;

    /// <summary>Finds the node of a pointer such as <c>#/components/schemas/Order</c>. Source: RFC 6901, section 6.</summary>
    public DocumentNode? Find(string pointer)
    {
        if (pointer == "#")
        {
            return context.Root;
        }

        if (!pointer.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var node = context.Root;
        foreach (var part in pointer[2..].Split('/'))
        {
            var name = Unescape(part);
            var next = node.IsArray
                ? int.TryParse(name, System.Globalization.NumberStyles.None, null, out var index) && index < node.Items.Count ? node.Items[index] : null
                : node.Get(name);
            if (next is null)
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    /// <summary>Counts what a reference adds to the work; an error tells, once, when a document asks for too much.</summary>
    public bool Pay(DocumentNode at, DocumentNode target)
    {
        if (_paid > DocumentLimits.MaxReferenceCost)
        {
            return false;
        }

        _paid += target.Cost;
        if (_paid > DocumentLimits.MaxReferenceCost)
        {
            context.Error(at, "The references of the document expand to too much. Refer to smaller parts.");
            return false;
        }

        return true;
    }

    public static string Unescape(string part)
    {
        var text = part.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(part) : part;
        return text.Contains('~', StringComparison.Ordinal)
            ? text.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : text;
    }
}
