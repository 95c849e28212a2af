using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Makes nodes of the collections of definitions.</summary>
internal static class NodeValues
{
    public static DocumentNode List(IEnumerable<string> texts)
    {
        var list = DocumentNode.NewArray();
        foreach (var text in texts)
        {
            list.Add(DocumentNode.OfText(text));
        }

        return list;
    }

    /// <summary>Makes an object, or nothing of an empty map.</summary>
    public static DocumentNode? Map(IDictionary<string, string> texts)
    {
        if (texts.Count == 0)
        {
            return null;
        }

        var map = DocumentNode.NewObject();
        foreach (var (name, text) in texts)
        {
            map.With(name, text);
        }

        return map;
    }
}
